"""``python -m titian.cli``."""

import sys

from titian.cli import main

sys.exit(main())
