"""Preview: good rows, refused rows, and why; nothing goes in."""

import pytest
from django.utils import translation

from tests.exchange.files import accepted, codes, csv_file, previewed, xlsx_file
from tests.world import NOON, World
from titian.exchange.commands import preview
from titian.exchange.queries import refusals, visible_to
from titian.exchange.reading import read
from titian.exchange.reasons import Unreadable
from titian.kernel.documents import content_of
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.people.models import Person

PEOPLE = ["code", "party", "role", "display", "native"]


def test_a_preview_keeps_the_file_and_lets_nothing_in(world: World) -> None:
    content = csv_file(PEOPLE, ["P1", "ARN", "delegate", "Siti", ""])

    seen = previewed(world, "people", content)

    assert [row["row"] for row in seen.rows] == [2]
    assert seen.document is not None
    assert content_of(seen.document) == content
    assert not Person.objects.filter(code="P1").exists()


def test_an_unknown_delegation_is_named_with_its_row(world: World) -> None:
    content = csv_file(["party", "place", "rooms"], ["XKX", "INN", "3"])

    seen = previewed(world, "stays", content)

    with translation.override("en"):
        (refusal,) = refusals(seen)
    assert refusal.sentence == (
        "Row 2 names the delegation “XKX”, which is not known. Correct the code, or "
        "bring in that delegation first."
    )
    assert refusal.values == {"party": "XKX", "place": "INN", "rooms": "3"}


def test_the_same_name_twice_in_one_party_is_asked_about(world: World) -> None:
    content = csv_file(
        PEOPLE,
        ["P1", "ARN", "delegate", "Siti Nurhalizah", ""],
        ["P2", "ARN", "delegate", "Siti Nurhalizah", ""],
        ["P3", "SLY", "media", "Siti Nurhalizah", ""],  # another party: another person
    )

    seen = previewed(world, "people", content)

    assert [row["values"]["code"] for row in seen.rows] == ["P1", "P3"]
    assert codes(seen) == ["same_name"]


def test_the_same_code_twice_is_refused_the_second_time(world: World) -> None:
    content = csv_file(
        PEOPLE,
        ["P1", "ARN", "delegate", "Siti", ""],
        ["P1", "ARN", "delegate", "Dewi", ""],
    )

    seen = previewed(world, "people", content)

    assert codes(seen) == ["twice"]
    assert seen.refused[0]["details"]["other"] == 2


def test_one_officer_given_to_two_guests_is_refused_the_second_time(
    world: World,
) -> None:
    rows = ["LO-1", "ARN", "primary"], ["LO-1", "SLY", "primary"]

    seen = previewed(
        world, "assignments", csv_file(["officer", "party", "role"], *rows)
    )

    assert codes(seen) == ["officer_taken"]


def test_an_officer_who_has_a_guest_is_not_given_to_another(world: World) -> None:
    content = csv_file(["officer", "party", "role"], ["LO-1", "SLY", "primary"])

    seen = previewed(world, "assignments", content)

    with translation.override("en"):
        (refusal,) = refusals(seen)
    assert "already primary of ARN" in refusal.sentence


def test_an_officer_may_be_the_relief_of_a_second_guest(world: World) -> None:
    content = csv_file(["officer", "party", "role"], ["LO-1", "SLY", "relief"])

    assert codes(previewed(world, "assignments", content)) == []


@pytest.mark.parametrize(
    ("sheet", "header", "row", "code"),
    [
        ("stays", "party,place,rooms", "ARN,INN,many", "bad_number"),
        ("stays", "party,place,from", "ARN,INN,31/11/2022", "bad_date"),
        ("stays", "party,place,from", "ARN,INN,t.b.a.", "bad_date"),
        (
            "stays",
            "party,place,from,to",
            "ARN,INN,2022-11-14,2022-11-12",
            "ends_before_start",
        ),
        ("stays", "party,place", "ARN,MOON", "unknown_place"),
        ("people", "code,party", "P1,NOPE", "unknown_party"),
        ("people", "code,party,role", "P1,ARN,juggler", "bad_choice"),
        ("people", "code,party,phone", "P1,ARN,0812 0000 01O5", "bad_phone"),
        ("people", "code,party,email", "P1,ARN,not an address", "bad_email"),
        ("people", "code,party,languages", "P1,ARN,en:Z9", "bad_languages"),
        ("people", "code,party,display", f"P1,ARN,{'a' * 201}", "too_long"),
        ("people", "code,party,display", ",ARN,Siti", "missing"),
        ("teams", "team,person,role", "ARN,P1,desk", "unknown_team"),
        ("focal_points", "party,person", "ARN,P1", "unknown_person"),
        ("assignments", "officer,party", "LO-99,ARN", "unknown_officer"),
        (
            "deliverables",
            "agreement,line,direction,what_en,due",
            "A9,1,ours,a car,2027-05-01 12:00",
            "unknown_agreement",
        ),
        ("delegations", "party,level", "ARN,emperor", "bad_choice"),
        (
            "entitlements",
            "level,guarded_from,guarded_to",
            "minister,25:70,22:00",
            "bad_time",
        ),
        (
            "promises",
            "party,words,made,due",
            "ARN,a boat,soon,2027-05-01 12:00",
            "bad_instant",
        ),
        (
            "programme",
            "code,title_en,start,end",
            "A1,Dinner,2027-05-01 20:00,2027-05-01 19:00",
            "ends_before_start",
        ),
        ("travel_times", "from,to,minutes", "INN,PIER,-5", "bad_number"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason(
    world: World, sheet: str, header: str, row: str, code: str
) -> None:
    seen = previewed(world, sheet, f"{header}\n{row}\n".encode())

    assert (codes(seen), seen.rows) == ([code], [])
    for language in ("en", "id"):
        with translation.override(language):
            assert next(refusals(seen)).sentence.endswith(".")


def test_a_last_row_that_stops_in_the_middle_is_refused(world: World) -> None:
    content = b"party,place,rooms,from\nARN,INN,3,2022-11-14\nSLY,IN"

    assert codes(previewed(world, "stays", content)) == ["half_row"]


def test_titles_a_repeated_header_and_a_total_are_not_rows(world: World) -> None:
    content = (
        "DAFTAR HOTEL;;;\nDelegasi: semua;;;\n;;;\n"
        "No;Delegasi;Hotel;Kamar\n1;ARN;INN;3\n"
        "No;Delegasi;Hotel;Kamar\n2;SLY;INN;2\nTotal kamar: 5;;;\n"
    ).encode("cp1252")

    seen = previewed(world, "stays", content)

    assert codes(seen) == []
    assert [(row["row"], row["values"]["party"]) for row in seen.rows] == [
        (5, "ARN"),
        (7, "SLY"),
    ]


def test_a_header_under_merged_cells_is_found(world: World) -> None:
    content = xlsx_file(
        ["FORM A", "", "", "", ""],
        ["Code", "Delegation", "Delegate / 代表団員", "", "Remarks"],
        ["", "", "Family name 姓", "Given name 名", ""],
        ["P1", "ARN", "MINAKAWA", "Haruto", ""],
        merged=[(1, 2, 3)],
    )

    seen = previewed(world, "people", content)

    assert [row["values"] for row in seen.rows] == [
        {"code": "P1", "party": "ARN", "family": "MINAKAWA", "given": "Haruto"}
    ]


def test_a_file_without_the_needed_columns_says_which_they_are(world: World) -> None:
    with pytest.raises(Unreadable) as refused:
        previewed(world, "people", b"a,b\n1,2\n")

    assert refused.value.details["columns"] == "code, party"


def test_a_list_nobody_knows_is_refused(world: World) -> None:
    with pytest.raises(Unreadable):
        previewed(world, "horses", b"a,b\n1,2\n")


def test_only_a_coordinator_reads_files_in(world: World) -> None:
    others = {**world.nobodies(), "the desk": world.bruna, "the officer": world.marco}
    others.pop("the house")  # the house loads scenarios

    for who, actor in others.items():
        with pytest.raises(Forbidden):
            preview(b"code", "a.csv", "people", world.event.pk, actor=actor, at=NOON)
        assert not visible_to(actor).exists(), who


def test_the_journal_holds_counts_and_no_names(world: World) -> None:
    accepted(world, "people", csv_file(PEOPLE, ["P1", "ARN", "head", "Siti", "ᬲᬶᬢᬶ"]))

    facts = {entry.verb: entry.facts for entry in Entry.objects.all()}
    assert facts["import.accepted"]["counts"] == {
        "made": 2,
        "changed": 0,
    }  # a person and a member
    assert "Siti" not in str(facts)


def test_a_real_looking_rooming_list_is_read_to_its_last_row() -> None:
    content = (
        "DAFTAR KAMAR;;\nNo;Nama Tamu;Catatan\n"
        '1;"Ibañarte Carrillón, José Ángel";VIP – lantai tinggi\n'
        '2;"Müllerhof-Weiß, Jürgen";“late check-out”\n'
        '3;"Lieuw-A-Tjong, Mavis";"kamar non-rokok;\r\nranjang bayi"\n'
        "Total kamar: 3;;"
    ).encode("cp1252")

    (table,) = read(content, "rooming.csv")

    assert table.encoding == "cp1252"
    assert table.lines[3].cells[1:] == ["Müllerhof-Weiß, Jürgen", "“late check-out”"]
    assert len(table.lines) == 6
