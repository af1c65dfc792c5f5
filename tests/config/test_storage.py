"""Style sheets and scripts are sent smaller, and say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from config.storage import without_air, without_remarks

STATIC = Path(settings.BASE_DIR) / "static"
SHEETS = sorted(STATIC.glob("*.css"))
SCRIPTS = sorted(STATIC.glob("*.js"))


def test_a_space_that_means_something_stays() -> None:
    written = (
        '.a { /* why */\n  [data-x="y"] :is(h2, h3) { width: calc(1px + 2px); color: red }\n'
        "  & + .b { top: 0 } }\n"
    )
    assert without_air(written) == (
        '.a{[data-x="y"] :is(h2,h3){width: calc(1px + 2px);color: red}& + .b{top: 0}}'
    )


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_string_of_ours_holds_what_is_tightened(sheet: Path) -> None:
    strings = re.findall(r"\"[^\"\n]*\"|'[^'\n]*'", sheet.read_text())
    assert not [string for string in strings if set(string) & set("{};,")]


def test_a_script_loses_its_comments_and_nothing_else() -> None:
    written = (
        "// Why.\nconst at = 'https://a.b/'; // stays\n\n"
        "  if (at) {\n    // why not\n    go(`${at}`);\n  }\n"
    )
    assert (
        without_remarks(written)
        == "const at = 'https://a.b/'; // stays\nif (at) {\ngo(`${at}`);\n}\n"
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_string_of_ours_goes_over_a_lines_end(script: Path) -> None:
    assert all(
        line.count("`") % 2 == 0 and not line.endswith("\\")
        for line in script.read_text().splitlines()
    )
