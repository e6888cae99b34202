"""What follows when something happened: the whole table on one page."""

REACTIONS: dict[str, list[str]] = {
    "activity.moved": ["titian.reactions.programme.ask_the_touched"],
    "journey.expected": ["titian.reactions.logistics.ask_the_touched"],
}
