"""How few breaks there can be at best: each leader looked at alone."""

from titian.planning.bilaterals.model import Problem
from titian.planning.bilaterals.rules import starts


def least_breaks(problem: Problem) -> int:
    """Breaks that no timetable can avoid that holds every meeting.

    Each leader has the meetings in the hours in which any of them could be, as close
    together as may be; what others wish is left out, so the truth may lie higher. 0,
    which is no more than true, where there are several days, pauses, or meetings of
    more than one slot. O(p · t · m) for ``m`` meetings of a leader.
    """
    lengths = {meeting.length for meeting in problem.meetings}
    if len(problem.days) > 1 or problem.rules.pause or lengths - {1}:
        return 0
    hours: dict[str, set[int]] = {leader.key: set() for leader in problem.leaders}
    many = dict.fromkeys(hours, 0)
    for meeting in problem.meetings:
        found = set(starts(problem, meeting))
        for side in meeting.sides:
            hours[side] |= found
            many[side] += 1
    return sum(_fewest(hours[key], many[key], problem.slots) for key in hours)


def _fewest(hours: set[int], many: int, slots: int) -> int:
    """The fewest gaps between so many slots chosen from the hours."""
    never = slots + 1
    idle = [0] + [never] * many  # by slots chosen: the runs begun, the last one idle
    busy = [never] * (many + 1)
    for slot in range(slots):
        rested = [min(one, other) for one, other in zip(idle, busy, strict=True)]
        chosen = [never] * (many + 1)
        if slot in hours:
            for count in range(many):
                chosen[count + 1] = min(idle[count] + 1, busy[count])
        idle, busy = rested, chosen
    runs = min(idle[many], busy[many])
    return max(runs - 1, 0) if runs < never else 0
