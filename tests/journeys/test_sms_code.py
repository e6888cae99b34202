"""The phone writes the very code that the house reads."""

from datetime import datetime

import pytest

from tests.journeys.conftest import PHONE, Enter
from titian.loop.codes import (
    Report,
    RollWord,
    read_answer,
    read_report,
    write_answer,
    write_report,
)
from titian.loop.models import Alarm

pytestmark = pytest.mark.browser

WRITE = """async ([party, alarm, severity, place, at]) => {
  const names = performance.getEntriesByType("resource").map((one) => one.name);
  const code = await import(names.find((name) => /field\\/code\\b/.test(name)));
  return code.reported(party, alarm, severity, place, new Date(at));
}"""
ANSWER = """async ([roll, party, word, people, at]) => {
  const names = performance.getEntriesByType("resource").map((one) => one.name);
  const code = await import(names.find((name) => /field\\/code\\b/.test(name)));
  return code.answered(roll, party, word, people, new Date(at));
}"""
AT = datetime.fromisoformat("2022-11-14T19:40:00+08:00")


def test_every_alarm_is_written_as_the_house_writes_it(enter: Enter) -> None:
    phone = enter("officer", PHONE)
    phone.get_by_text("WITA").first.wait_for()  # it knows the event's clock

    for severity, alarm in enumerate(Alarm.values):
        given = ["ARN", alarm, severity % 3 + 1, "Lobby, lantai 2", AT.isoformat()]
        written = phone.evaluate(WRITE, given)
        meant = Report("ARN", alarm, severity % 3 + 1, "LOBBYLANTAI2", 14, 19, 40)
        assert written == write_report(meant)
        assert read_report(written) == meant


def test_every_answer_is_written_as_the_house_writes_it(enter: Enter) -> None:
    phone = enter("officer", PHONE)
    phone.get_by_text("WITA").first.wait_for()  # it knows the event's clock

    for word, people in (("safe", 12), ("missing", 1), ("injured", None)):
        written = phone.evaluate(ANSWER, [3, "ARN", word, people, AT.isoformat()])
        meant = RollWord(3, "ARN", word, people, 14, 19, 40)
        assert written == write_answer(meant)
        assert read_answer(written) == meant


def test_the_red_button_takes_three_taps_and_makes_an_sms_without_data(
    enter: Enter,
) -> None:
    phone = enter("officer", PHONE)
    phone.evaluate(
        "() => Object.defineProperty(navigator, 'onLine', { get: () => false })"
    )

    phone.locator("#foot-alarm").click()
    phone.locator("#alarm-medical").click()

    link = phone.locator("#sms-link").get_attribute("href") or ""
    text = phone.locator("#sms-text").inner_text()
    told = read_report(text)
    assert link.startswith(f"sms:+6289900002199?body=SOS%20{told.party}%20MED2")
    assert (told.alarm, told.severity, told.place) == ("medical", 2, "")
