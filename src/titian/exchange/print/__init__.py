"""Paper: what is printed, set by Typst from data and never from written source."""

import json
from collections.abc import Mapping
from pathlib import Path

import typst

HERE = Path(__file__).parent


def pdf(sheet: str, data: Mapping[str, object]) -> bytes:
    """The sheet of this name with ``data`` on it.

    The same data make the same bytes: no hour of printing is written into the file.
    """
    made = typst.compile(
        HERE / f"{sheet}.typ",
        root=HERE,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made
