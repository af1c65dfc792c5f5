"""Style sheets are sent smaller, and say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from config.storage import without_air

SHEETS = sorted((Path(settings.BASE_DIR) / "static").glob("*.css"))


def test_a_space_that_means_something_stays() -> None:
    written = (
        '.a { /* why */\n  [data-x="y"] :is(h2, h3) { width: calc(1px + 2px); color: red }\n  & + .b { top: 0 } }\n'
    )
    assert without_air(written) == ('.a{[data-x="y"] :is(h2,h3){width: calc(1px + 2px);color: red}& + .b{top: 0}}')


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_string_of_ours_holds_what_is_tightened(sheet: Path) -> None:
    strings = re.findall(r"\"[^\"\n]*\"|'[^'\n]*'", sheet.read_text())
    assert not [string for string in strings if set(string) & set("{};,")]
