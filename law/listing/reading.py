"""Reads a list of patients from CSV: one person a line, by the names of its columns."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts import typed
from accounts.csv_text import plain

#: The columns of a list. Only ``number`` and ``name`` have to be there.
COLUMNS = (
    "number",
    "name",
    "formal_name",
    "born_on",
    "sex",
    "phone",
    "other_phone",
    "email",
    "lead",
    "paper_rung",
    "paper_note",
)
NEEDED = ("number", "name")
_SEPARATORS = ",;\t"


class Unreadable(Exception):
    """The file is no list of patients. ``str()`` is the sentence for a person."""


@dataclass(frozen=True)
class Line:
    """One line of the list. ``number``: of the line, as a spreadsheet counts it."""

    number: int
    cells: dict[str, str]

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")


def decoded(content: bytes) -> str:
    """The text of a file that a spreadsheet saved. Raises ``Unreadable``."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise Unreadable(_("Save the list as “CSV UTF-8”, then every name is read.")) from problem


def read(text: str) -> list[Line]:
    """The lines that say something. Raises ``Unreadable``."""
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise Unreadable(_("This is no table. Save the list as “CSV UTF-8”."))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as problem:
        raise Unreadable(_("This is no table. Save the list as “CSV UTF-8”.")) from problem
    columns = _columns(rows[0] if rows else [])
    lines = [
        Line(number, dict(zip(columns, map(_cell, row), strict=False)))
        for number, row in enumerate(rows[1:], 2)
    ]
    return [line for line in lines if any(line.cells.values())]


def _separator(text: str) -> str:
    """What stands between the columns: a spreadsheet of some countries writes semicolons."""
    head = text.partition("\n")[0]
    return max(_SEPARATORS, key=head.count)


def _cell(text: str) -> str:
    return typed.line(plain(text.strip()))


def _columns(head: list[str]) -> list[str]:
    columns = [typed.line(name).lower().replace(" ", "_") for name in head]
    unknown = [name for name in columns if name and name not in COLUMNS]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise Unreadable(_("The first line must name these columns: %s.") % ", ".join(missing))
    if unknown:
        raise Unreadable(_("Nobody knows these columns: %s.") % ", ".join(unknown)[:200])
    if len(set(columns)) < len(columns):
        raise Unreadable(_("A column stands in the first line twice."))
    return columns
