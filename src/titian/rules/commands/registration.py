"""Rules in plain words, brought in by a list."""

from collections.abc import Sequence

from titian.kernel.models import Event
from titian.kernel.registering import Batch, Row, merge, registers
from titian.rules.models import Article


@registers("rules.registered")
def register_articles(event: Event, rows: Sequence[Row]) -> Batch:
    """Articles of the office, one for each topic."""
    return merge(Article.objects.all(), rows, key=("topic",))[1]
