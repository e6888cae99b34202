"""Compile every .po into the .mo beside it, when it is newer; standard library only."""

import ast
import os
import struct
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
LOCALES = HERE / "src" / "titian" / "locale"


def read(text: str) -> dict[str, str]:
    """Message to translation; contexts and plurals in the form that .mo files want."""
    found: dict[str, str] = {}
    entry: dict[str, str] = {}
    field = ""
    for line in [*text.splitlines(), ""]:
        line = line.strip()
        if not line:
            _keep(entry, found)
            entry, field = {}, ""
        elif line.startswith("#"):
            if line.startswith("#,") and "fuzzy" in line:
                entry["fuzzy"] = "yes"
        elif line.startswith('"'):
            entry[field] += ast.literal_eval(line)
        else:
            field, _, words = line.partition(" ")
            entry[field] = ast.literal_eval(words)
    return found


def _keep(entry: dict[str, str], found: dict[str, str]) -> None:
    if "msgid" not in entry or ("fuzzy" in entry and entry["msgid"]):
        return
    key = entry["msgid"]
    if "msgctxt" in entry:
        key = f"{entry['msgctxt']}\x04{key}"
    words = entry.get("msgstr", "")
    if "msgid_plural" in entry:
        key = f"{key}\0{entry['msgid_plural']}"
        words = "\0".join(
            entry[name] for name in sorted(entry) if name.startswith("msgstr[")
        )
    if words:
        found[key] = words


def packed(messages: dict[str, str]) -> bytes:
    """The GNU .mo file, little-endian, sorted, without a hash table."""
    pairs = sorted((k.encode(), v.encode()) for k, v in messages.items())
    count = len(pairs)
    start = 28 + count * 16
    keys, values = b"", b""
    tables: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for key, _value in pairs:
        tables[0].append((len(key), start + len(keys)))
        keys += key + b"\0"
    for _key, value in pairs:
        tables[1].append((len(value), start + len(keys) + len(values)))
        values += value + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + count * 8, 0, 0)
    rows = b"".join(struct.pack("<2I", *row) for table in tables for row in table)
    return head + rows + keys + values


def main() -> int:
    """Compile what is newer than its result; two at once do each other no harm."""
    for source in sorted(LOCALES.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        half = target.with_suffix(f".{os.getpid()}.half")
        half.write_bytes(packed(read(source.read_text("utf-8"))))
        half.replace(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
