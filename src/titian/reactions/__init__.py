"""What follows when something happened: the whole table on one page."""

REACTIONS: dict[str, list[str]] = {
    "activity.moved": ["titian.reactions.programme.ask_the_touched"],
    "journey.expected": ["titian.reactions.logistics.ask_the_touched"],
    "ask.passed_on": ["titian.reactions.loop.tell_the_team"],
    "ask.bounced": ["titian.reactions.loop.tell_the_team"],
    "ask.left_waiting": ["titian.reactions.loop.tell_the_team"],
    "ask.accepted": ["titian.reactions.loop.tell_the_asking_side"],
    "ask.answered": ["titian.reactions.loop.tell_the_asking_side"],
    "incident.raised": ["titian.reactions.loop.tell_the_team"],
    "person.erased": ["titian.reactions.loop.forget_words"],
}
