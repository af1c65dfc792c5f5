"""Tables as CSV that spreadsheets open, and back."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

#: A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Where semicolons stand between columns, as in Germany and Sweden, a spreadsheet begins a cell
#: after one, and a line after a line break, wherever it is in our text.
_INSIDE = re.compile(r"([;\t\r\n]\s*)([=+@-])")
_INSIDE_HARMLESS = re.compile(r"([;\t\r\n]\s*)'([=+@-])")


def written(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The table as text. It begins with the mark by which a spreadsheet knows UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return "\ufeff" + text.getvalue()


def cell(value: Any) -> str:
    """A value as a person reads it in a table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict) and "name" in value:
        return _harmless(str(value["name"]))
    if isinstance(value, list | dict):
        return _harmless(json.dumps(value, ensure_ascii=False))
    return _harmless(str(value)) if isinstance(value, str) else str(value)


def _harmless(text: str) -> str:
    text = _INSIDE.sub(r"\1'\2", text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def plain(text: str) -> str:
    """What a cell said before ``cell`` made it harmless."""
    text = _INSIDE_HARMLESS.sub(r"\1\2", text)
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
