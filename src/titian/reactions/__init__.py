"""What follows when something happened: the whole table on one page."""

REACTIONS: dict[str, list[str]] = {
    "activity.moved": [
        "titian.reactions.programme.ask_the_touched",
        "titian.reactions.incidents.move_the_steps_of_an_item",
    ],
    "journey.expected": [
        "titian.reactions.logistics.ask_the_touched",
        "titian.reactions.incidents.move_the_steps_of_a_journey",
    ],
    "ask.added": ["titian.reactions.loop.tell_the_team"],
    "ask.passed_on": ["titian.reactions.loop.tell_the_team"],
    "ask.bounced": ["titian.reactions.loop.tell_the_team"],
    "ask.corrected": ["titian.reactions.loop.tell_the_team"],
    "ask.reopened": ["titian.reactions.loop.tell_the_team"],
    "ask.confirmed": ["titian.reactions.loop.tell_the_team"],
    "ask.left_waiting": [
        "titian.reactions.loop.tell_the_team",
        "titian.reactions.loop.tell_the_coordinator",
    ],
    "ask.not_said_back": ["titian.reactions.loop.tell_the_team"],
    "ask.overdue": [
        "titian.reactions.loop.tell_the_team",
        "titian.reactions.loop.tell_the_coordinator",
    ],
    "ask.accepted": ["titian.reactions.loop.tell_the_asking_side"],
    "ask.restated": ["titian.reactions.loop.tell_the_asking_side"],
    "ask.told": ["titian.reactions.loop.tell_the_asking_side"],
    "ask.answered": ["titian.reactions.loop.tell_the_asking_side"],
    "incident.raised": [
        "titian.reactions.loop.tell_the_team",
        "titian.reactions.loop.tell_the_coordinator",
    ],
    "incident.commanded": ["titian.reactions.incidents.tell_what_is_known"],
    "incident.stable": ["titian.reactions.incidents.tell_what_is_known"],
    "incident.flared_up": ["titian.reactions.incidents.tell_what_is_known"],
    "incident.closed": ["titian.reactions.incidents.tell_what_is_known"],
    "incident.update_missed": ["titian.reactions.incidents.tell_who_owes_the_word"],
    "roll.called": ["titian.reactions.incidents.ask_the_officers"],
    "roll.called_again": ["titian.reactions.incidents.ask_the_officers"],
    "roll.silent": ["titian.reactions.incidents.name_the_silent"],
    "promise.made": ["titian.reactions.loop.tell_the_owner"],
    "promise.overdue": ["titian.reactions.loop.tell_the_owner"],
    "promise.broken": ["titian.reactions.loop.tell_the_promised"],
    "confirmation.asked": ["titian.reactions.loop.ask_the_owner"],
    "confirmation.louder": ["titian.reactions.loop.ask_the_owner"],
    "person.erased": ["titian.reactions.loop.forget_words"],
}
