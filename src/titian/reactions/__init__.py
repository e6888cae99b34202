"""What follows when something happened: the whole table on one page."""

REACTIONS: dict[str, list[str]] = {}
