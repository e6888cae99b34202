"""Why a row or a file was refused: a code that is kept, a sentence that is shown."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    # the file as a whole
    "too_large": _(
        "This file is larger than 25 MB. Split it into parts and bring them in one by "
        "one."
    ),
    "too_many_rows": _(
        "This file has more than %(limit)s rows. Split it into parts and bring them in "
        "one by one."
    ),
    "empty_file": _("This file is empty. Check that the right one was chosen."),
    "unknown_format": _(
        "“%(name)s” is neither a CSV nor an XLSX file. Save it as one of them and try "
        "again."
    ),
    "wrong_encoding": _(
        "The letters of this file cannot be read. Save it as “CSV UTF-8” or as XLSX "
        "and try again."
    ),
    "gaps": _(
        "This file has gaps of empty bytes, so it was probably not copied to its end. "
        "Copy it again and try once more."
    ),
    "half_written": _(
        "This file stops in the middle: row %(row)s opens a quotation mark that never "
        "closes. Save it again and try once more."
    ),
    "broken_workbook": _(
        "This workbook is damaged or only half there. Open it in a spreadsheet "
        "program, save it again and try once more."
    ),
    "no_header": _(
        "No row of this file names the columns that “%(sheet)s” needs: %(columns)s. "
        "Add a row with these names above the data."
    ),
    "no_such_sheet": _("“%(sheet)s” is none of the lists that can be brought in."),
    # one row
    "missing": _("Row %(row)s has no “%(column)s”. Fill it in."),
    "half_row": _("Row %(row)s stops in the middle. Complete it."),
    "too_long": _(
        "Row %(row)s: “%(column)s” is longer than %(limit)s characters. Shorten it."
    ),
    "bad_number": _(
        "Row %(row)s: “%(value)s” in “%(column)s” is not a number from 0 on. Write it "
        "in digits."
    ),
    "bad_date": _(
        "Row %(row)s: “%(value)s” in “%(column)s” is not a day of the calendar. Write "
        "it as 2022-11-14."
    ),
    "bad_time": _(
        "Row %(row)s: “%(value)s” in “%(column)s” is not a time of day. Write it as "
        "19:40."
    ),
    "bad_instant": _(
        "Row %(row)s: “%(value)s” in “%(column)s” is not a day with a time. Write it "
        "as 2022-11-14 19:40."
    ),
    "bad_choice": _(
        "Row %(row)s: “%(value)s” is not one of the words for “%(column)s”. Use one "
        "of: %(choices)s."
    ),
    "bad_email": _(
        "Row %(row)s: “%(value)s” is not an e-mail address. Correct it or leave it "
        "empty."
    ),
    "bad_phone": _(
        "Row %(row)s: “%(value)s” is not a telephone number: only digits, spaces, "
        "hyphens, brackets and a plus sign. Look for a letter O in place of a zero."
    ),
    "bad_languages": _(
        "Row %(row)s: “%(value)s” does not say which languages at which level. Write "
        "them as en:C1;ja:B2."
    ),
    "unknown_delegation": _(
        "Row %(row)s names the delegation “%(value)s”, which is not known. Correct "
        "the code, or bring in that delegation first."
    ),
    "unknown_party": _(
        "Row %(row)s names the party “%(value)s”, which is not known. Correct the "
        "code, or bring in that party first."
    ),
    "unknown_person": _(
        "Row %(row)s names the person “%(value)s”, who is not known. Correct the "
        "code, or bring in that person first."
    ),
    "unknown_place": _(
        "Row %(row)s names the place “%(value)s”, which is not known. Correct the "
        "code, or bring in that place first."
    ),
    "unknown_officer": _(
        "Row %(row)s names the LO “%(value)s”, who is not known. Correct the code, or "
        "bring in that LO first."
    ),
    "unknown_team": _(
        "Row %(row)s names the team “%(value)s”, which is not known. Correct the "
        "code, or bring in that team first."
    ),
    "unknown_agreement": _(
        "Row %(row)s names the agreement “%(value)s”, which is not known. Correct the "
        "code, or bring in that agreement first."
    ),
    "unknown_playbook": _(
        "Row %(row)s names the template “%(value)s”, which is not known. Correct the "
        "code, or bring in that template first."
    ),
    "unknown_rule": _(
        "Row %(row)s: “%(value)s” is no rule. Write the rule that takes its place in a "
        "row above, or bring it in first."
    ),
    "bad_audience": _(
        "Row %(row)s: “%(value)s” does not say whom the rule concerns. Write "
        "conditions such as iso2:KR, kind:media or item:drone."
    ),
    "unknown_step": _(
        "Row %(row)s waits for “%(value)s”, which stands nowhere above it in this "
        "template. Correct the code, or put that step first."
    ),
    "in_circle": _(
        "Row %(row)s waits for “%(value)s”, which waits for this step in turn. Let one "
        "of the two go first."
    ),
    "unknown_vehicle": _(
        "Row %(row)s: there is no car with the plate “%(value)s”. "
        "Correct the plate, or bring in the cars first."
    ),
    "unknown_journey": _(
        "Row %(row)s: there is no journey “%(value)s”. Correct the "
        "code, or bring in the journeys first."
    ),
    "trip_with_both": _(
        "Row %(row)s: a car that meets a journey has no hours of its own. Keep one of "
        "the two."
    ),
    "trip_with_neither": _(
        "Row %(row)s: name the journey the car meets, or from when to when it drives."
    ),
    "unknown_activity": _(
        "Row %(row)s names the item “%(value)s”, which is not on the programme. "
        "Correct the code, or bring in that item first."
    ),
    "takes_no_part": _(
        "Row %(row)s gives “%(value)s” a seat at an item in which that delegation does "
        "not take part. Correct the code, or invite it first."
    ),
    "no_member": _(
        "Row %(row)s gives a seat to “%(value)s”, who is not of that delegation. "
        "Correct the code, or the delegation."
    ),
    "seat_taken": _(
        "Row %(row)s: “%(value)s” is already the seat of %(other)s at this item. "
        "Choose another seat, or take that one back first."
    ),
    "bad_span": _(
        "Row %(row)s: “%(value)s” in “%(column)s” is no length of time. Write -18mo, "
        "-3w, 5d, -3h or 15m."
    ),
    "twice": _(
        "Row %(row)s has the same “%(column)s” as row %(other)s: “%(value)s”. Keep "
        "one of them."
    ),
    "ends_before_start": _(
        "Row %(row)s ends before it starts. Exchange the two, or correct them."
    ),
    "same_name": _(
        "Row %(row)s: “%(value)s” of the same party already stands in row %(other)s "
        "under another code. Keep one of them, or add what tells them apart."
    ),
    "officer_taken": _(
        "Row %(row)s gives the LO “%(value)s” to a second delegation; row %(other)s "
        "already has that LO as primary. Choose another LO, or make it relief."
    ),
    "officer_holds": _(
        "Row %(row)s gives the LO “%(value)s” to a second delegation; that LO is "
        "already primary of %(other)s. Choose another LO, or make it relief."
    ),
}


class Refused(ValueError):
    """A row, or a value of it, cannot go in; ``code`` is one of the sentences above."""

    def __init__(self, code: str, column: str = "", **details: Any) -> None:
        super().__init__(code)
        self.code, self.column, self.details = code, column, details


class Unreadable(Refused):
    """The whole file cannot be read; its text is the sentence to show."""

    def __str__(self) -> str:
        return sentence(self.code, self.details)


def sentence(code: str, details: Mapping[str, Any]) -> str:
    """What is wrong, where, and what to do, in the reader's language."""
    return str(SENTENCES[code] % details) if details else str(SENTENCES[code])
