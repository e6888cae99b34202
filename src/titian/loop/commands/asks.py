"""What can be done to an ask. Every change to one enters here, from either side."""

from titian.loop.clocks import PATIENCE
from titian.loop.commands.adding import add
from titian.loop.commands.answering import accept, answer, bounce, hear, restate, tell
from titian.loop.commands.asking import (
    ask,
    close,
    confirm,
    correct,
    pass_on,
    reopen,
    verify_gloss,
    withdraw,
)
from titian.loop.commands.diverting import divert, give_back
from titian.loop.commands.minding import (
    escalate,
    forget_words_of,
    miss_the_hour,
    miss_the_read_back,
)
from titian.loop.commands.thread import ANSWER_DUE, LEFT_WAITING, NOT_SAID_BACK
from titian.loop.saying import BadHour, Empty, Unknown

__all__ = [
    "ANSWER_DUE",
    "LEFT_WAITING",
    "NOT_SAID_BACK",
    "PATIENCE",
    "BadHour",
    "Empty",
    "Unknown",
    "accept",
    "add",
    "answer",
    "ask",
    "bounce",
    "close",
    "confirm",
    "correct",
    "divert",
    "escalate",
    "forget_words_of",
    "give_back",
    "hear",
    "miss_the_hour",
    "miss_the_read_back",
    "pass_on",
    "reopen",
    "restate",
    "tell",
    "verify_gloss",
    "withdraw",
]
