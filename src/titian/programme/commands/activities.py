"""What can be done to the rundown. What was planned is never overwritten."""

from titian.programme.commands.hours import apply_ripple, move, prolong, relocate
from titian.programme.commands.rundown import REASON_AT_MOST, BadHours, BadWords
from titian.programme.commands.running import cancel, finish, require_near, start
from titian.programme.commands.scheduling import TITLE_AT_MOST, Plan, schedule

__all__ = [
    "REASON_AT_MOST",
    "TITLE_AT_MOST",
    "BadHours",
    "BadWords",
    "Plan",
    "apply_ripple",
    "cancel",
    "finish",
    "move",
    "prolong",
    "relocate",
    "require_near",
    "schedule",
    "start",
]
