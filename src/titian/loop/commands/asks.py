"""What can be done to an ask. Every change to one enters here, from either side."""

from titian.loop.clocks import PATIENCE
from titian.loop.commands.adding import add
from titian.loop.commands.answering import (
    accept,
    answer,
    bounce,
    hear,
    make_exact,
    restate,
    tell,
)
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
from titian.loop.commands.hurrying import hurry
from titian.loop.commands.merging import merge, split, unmerge
from titian.loop.commands.minding import (
    climb,
    end_the_pause,
    escalate,
    forget_words_of,
    keep_the_guest_informed,
    miss_the_hour,
    miss_the_read_back,
)
from titian.loop.commands.pausing import pause, resume
from titian.loop.commands.recovering import look_after
from titian.loop.commands.refusing import refuse
from titian.loop.commands.replacing import complaint_of, replace_officer
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
    "climb",
    "close",
    "complaint_of",
    "confirm",
    "correct",
    "divert",
    "end_the_pause",
    "escalate",
    "forget_words_of",
    "give_back",
    "hear",
    "hurry",
    "keep_the_guest_informed",
    "look_after",
    "make_exact",
    "merge",
    "miss_the_hour",
    "miss_the_read_back",
    "pass_on",
    "pause",
    "refuse",
    "reopen",
    "replace_officer",
    "restate",
    "resume",
    "split",
    "tell",
    "unmerge",
    "verify_gloss",
    "withdraw",
]
