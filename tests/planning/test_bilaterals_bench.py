"""The benchmark of bilaterals answers in the form that others read."""

import json
import subprocess
import sys
from pathlib import Path

from tests.planning.bilaterals_day import afternoon, leader, meeting
from titian.planning.bilaterals.bound import least_breaks

HERE = Path(__file__).resolve().parents[2]
INVENTED = """nBusiness = 4; nMeetings = 4; nTables = 2; nTotalSlots = 4;
nMorningSlots = 2;
requested = [|1, 2, 1,
|3, 4, 2,
|1, 3, 3,
|2, 4, 3,
|];
fixat = [0,0,3,0,];
forbidden = [{0,},
{0,},
{0,1,},
{0,},
];
"""


def test_a_file_is_answered_in_its_own_numbers(tmp_path: Path) -> None:
    """Two tables, four slots: the third meeting is fixed, the first before noon."""
    (tmp_path / "invented.dzn").write_text(INVENTED)
    asked = [str(HERE / "benchmarks" / "b2b.py"), str(tmp_path / "invented.dzn")]
    said = subprocess.run(
        [sys.executable, *asked, "--rounds=1", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )

    found = json.loads(said.stdout)

    assert (found["breaks"], found["feasible"], found["proved"]) == (0, True, True)
    slots = {number: slot for number, slot, _table in found["schedule"]}
    assert (slots[1], slots[3], sorted(slots)) == (2, 3, [1, 2, 3, 4])
    assert {table for _number, _slot, table in found["schedule"]} <= {1, 2}


def test_a_break_that_no_timetable_avoids_is_counted() -> None:
    wishes = [meeting(sides) for sides in ("arn bor", "arn cal")]

    assert least_breaks(afternoon(*wishes, leader("arn", (0, 1), (2, 3)))) == 1
    assert least_breaks(afternoon(*wishes, leader("arn", (0, 2), (3, 4)))) == 0
