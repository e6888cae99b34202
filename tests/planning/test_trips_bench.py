"""The benchmark of trips answers in the form that others read."""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
INVENTED = HERE / "benchmarks" / "sets" / "invented-2-8.txt"


def test_a_file_is_answered_in_its_own_numbers() -> None:
    """Eight invented requests: every pickup before its drop, in one route."""
    asked = [
        str(HERE / "benchmarks" / "darp.py"),
        str(INVENTED),
        "--rounds=2",
        "--again=2",
    ]
    said = subprocess.run(
        [sys.executable, *asked, "--json"], capture_output=True, text=True, check=True
    )

    found = json.loads(said.stdout)

    assert {"instance", "cost", "feasible", "routes", "seconds"} <= found.keys()
    assert (found["instance"], found["feasible"]) == ("invented-2-8", True)
    assert found["same"] == "2 of 2"
    assert sorted(n for r in found["routes"] for n in r) == [*range(1, 17)]
    for route in found["routes"]:
        picked = [node for node in route if node <= 8]
        assert all(route.index(node) < route.index(node + 8) for node in picked)
