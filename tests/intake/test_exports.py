"""Chat exports as phones write them, each line with its author and its hour."""

import io
import zipfile
from datetime import datetime

import pytest

from titian.intake.exports import Line, NotAChat, read


def lines(text: str) -> list[tuple[str, str, str]]:
    """Hour, author and words of each line."""
    return [
        (f"{one.said_at:%Y-%m-%d %H:%M:%S}", one.author, one.words)
        for one in read(text.encode()).lines
    ]


def one(text: str) -> Line:
    return read(text.encode()).lines[-1]


@pytest.mark.parametrize(
    ("head", "hour"),
    [
        ("14/11/22 19.40 - ", "2022-11-14 19:40:00"),  # Android, Indonesian
        ("14/11/2022, 19:40 - ", "2022-11-14 19:40:00"),  # Android, British
        ("11/14/22, 7:40 PM - ", "2022-11-14 19:40:00"),  # Android, American
        ("11/14/22, 7:40\u202fPM - ", "2022-11-14 19:40:00"),  # since 2023
        ("11/14/22, 12:05 AM - ", "2022-11-14 00:05:00"),
        ("11/14/22, 12:05 PM - ", "2022-11-14 12:05:00"),
        ("14/11/22, 7:40 p.m. - ", "2022-11-14 19:40:00"),
        ("14/11/22 pukul 19.40 - ", "2022-11-14 19:40:00"),
        ("2022-11-14, 19:40 - ", "2022-11-14 19:40:00"),
        ("14.11.22, 19:40 - ", "2022-11-14 19:40:00"),
        ("[14/11/22 19.40.12] ", "2022-11-14 19:40:12"),  # iPhone, Indonesian
        ("[14/11/2022, 19:40:12] ", "2022-11-14 19:40:12"),
        ("[11/14/22, 7:40:12 PM] ", "2022-11-14 19:40:12"),
        ("\u200e[11/14/22, 7:40:12\u202fPM] ", "2022-11-14 19:40:12"),
    ],
)
def test_every_phones_hour_is_read(head: str, hour: str) -> None:
    assert lines(f"{head}Ingrid: Two boats") == [(hour, "Ingrid", "Two boats")]


def test_a_message_of_several_lines_is_one() -> None:
    text = (
        "14/11/22 19.40 - Ingrid: Two boats:\n- one for us\n\n- one for the press\n"
        "14/11/22 19.41 - Marco: Yes"
    )

    assert [(who, words) for _hour, who, words in lines(text)] == [
        ("Ingrid", "Two boats:\n- one for us\n\n- one for the press"),
        ("Marco", "Yes"),
    ]


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["13/11/22", "1/12/22"], "dmy"),
        (["11/13/22", "12/1/22"], "mdy"),
        (["1/11/22", "2/11/22", "9/11/22", "1/12/22"], "dmy"),
        (["11/1/22", "11/2/22", "11/9/22", "12/1/22"], "mdy"),
        (["4/5/22"], "dmy"),
        (["2022/11/04"], "ymd"),
    ],
)
def test_day_and_month_are_told_apart_by_the_whole_file(
    dates: list[str], order: str
) -> None:
    text = "\n".join(f"{date} 19.40 - Ingrid: Two" for date in dates)

    assert read(text.encode()).order == order


@pytest.mark.parametrize(
    "rest",
    [
        "Messages and calls are end-to-end encrypted. Nobody outside reads them.",
        "Pesan dan panggilan terenkripsi secara end-to-end.",
        "Marco created group “Boats”",
        "Marco membuat grup “Perahu”",
        "Marco changed the subject from “Boats: 2” to “Boats: 3”",
    ],
)
def test_the_apps_own_lines_are_nobodys_words(rest: str) -> None:
    line = one(f"14/11/22 19.40 - {rest}")

    assert (line.is_system, line.author) == (True, "")


def test_on_an_iphone_the_apps_own_lines_bear_a_mark() -> None:
    marked = one("[14/11/22 19.40.12] Boats: \u200eMarco added Ingrid")
    said = one("[14/11/22 19.40.12] Ingrid: Marco added a boat")

    assert marked.is_system
    assert not said.is_system


@pytest.mark.parametrize(
    "words",
    [
        "<Media omitted>",
        "<Media tidak disertakan>",
        "\u200eimage omitted",
        "\u200egambar tidak disertakan",
        "\u200eContact card omitted",
        "\u200edocument omitted",
    ],
)
def test_what_was_left_out_is_said(words: str) -> None:
    line = one(f"[14/11/22 19.40.12] Ingrid: {words}")

    assert (line.is_left, line.is_system) == (True, False)


@pytest.mark.parametrize(
    ("words", "file", "caption"),
    [
        ("IMG-20221114-WA0001.jpg (file attached)", "IMG-20221114-WA0001.jpg", ""),
        (
            "IMG-20221114-WA0001.jpg (file terlampir)\nThe rudder",
            "IMG-20221114-WA0001.jpg",
            "The rudder",
        ),
        ("\u200e<attached: 00012-PHOTO.jpg>", "00012-PHOTO.jpg", ""),
        ("The plan \u200e<terlampir: 00013-plan.pdf>", "00013-plan.pdf", "The plan"),
    ],
)
def test_what_was_sent_is_named_and_its_words_stay(
    words: str, file: str, caption: str
) -> None:
    line = one(f"[14/11/22 19.40.12] Ingrid: {words}")

    assert (line.file, line.words) == (file, caption)


@pytest.mark.parametrize(
    "author",
    ["+62 812-0000-1111", "\u202a+62 812-0000-1111\u202c", "~ +62 812-0000-1111"],
)
def test_a_number_is_an_author_too(author: str) -> None:
    assert one(f"14/11/22 19.40 - {author}: Two").author == "+62 812-0000-1111"


def test_words_with_colons_stay_whole() -> None:
    line = one("14/11/22 19.40 - Ingrid: At 6: two boats, at 7: one")

    assert (line.author, line.words) == ("Ingrid", "At 6: two boats, at 7: one")


def test_lines_before_the_first_are_counted() -> None:
    export = read(b"exported by a phone\n14/11/22 19.40 - Ingrid: Two")

    assert export.skipped == 1
    assert export.lines[0].said_at == datetime(2022, 11, 14, 19, 40)  # noqa: DTZ001


def test_an_hour_that_is_none_is_counted_and_breaks_nothing() -> None:
    export = read(b"14/11/22 29.40 - Ingrid: Two\n14/11/22 19.40 - Ingrid: Three")

    assert [line.words for line in export.lines] == ["Three"]
    assert export.skipped == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_letters_are_read_as_they_were_written(encoding: str) -> None:
    text = "14/11/22 19.40 - Ìngrid: Två båtar 🚤\r\n"

    [line] = read(text.encode(encoding)).lines

    assert (line.author, line.words) == ("Ìngrid", "Två båtar 🚤")


def packed(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_dot_", "."), content)
    return buffer.getvalue()


def test_an_archive_holds_the_chat_and_its_files() -> None:
    text = b"[14/11/22 19.40.12] Ingrid: \xe2\x80\x8e<attached: a.jpg>"

    export = read(packed(_chat_dot_txt=text, a_dot_jpg=b"\xff\xd8"))

    assert export.lines[0].file == "a.jpg"
    assert export.files == {"a.jpg": b"\xff\xd8"}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no_lines"),
        (b"Dear all,\nplease find attached", "no_lines"),
        (packed(a_dot_jpg=b"\xff"), "no_lines"),
        (packed(_chat_dot_txt=b"hello"), "no_lines"),
        (b"PK\x03\x04garbage", "damaged"),
        (b"14/11/22 19.40 - Ingrid: \xff\xfe", "letters"),
    ],
)
def test_what_is_no_chat_is_told(content: bytes, why: str) -> None:
    with pytest.raises(NotAChat) as caught:
        read(content)

    assert caught.value.why == why


def test_whichever_byte_is_wrong_it_is_a_chat_or_it_is_told() -> None:
    content = packed(_chat_dot_txt=b"14/11/22 19.40 - I: x\n" * 20, a_dot_jpg=b"\xff")
    told = set()

    for place in range(len(content)):
        slip = bytes([content[place] ^ 0xFF])
        try:
            read(content[:place] + slip + content[place + 1 :])
        except NotAChat as why:
            told.add(why.why)

    assert told >= {"damaged", "no_lines"}


def test_an_archive_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("titian.intake.exports.LARGEST_UNPACKED", 1000)

    with pytest.raises(NotAChat) as caught:
        read(packed(_chat_dot_txt=b"14/11/22 19.40 - I: x", zeros_dot_bin=bytes(5000)))

    assert caught.value.why == "too_large"
