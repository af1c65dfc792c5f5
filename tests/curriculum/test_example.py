"""Whoever writes a ladder has an example that loads, and is told file and line of every mistake."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from curriculum.figures import split
from curriculum.loader import load
from curriculum.models import Drill, Ladder

EXAMPLE = Path(__file__).parents[2] / "docs" / "example-ladder.toml"

pytestmark = pytest.mark.django_db


def checked(file: Path) -> str:
    out = StringIO()
    call_command("load_curriculum", file, check=True, stdout=out)
    return out.getvalue()


def test_the_example_of_the_docs_loads_whole_as_a_draft() -> None:
    load(EXAMPLE)
    ladder = Ladder.objects.get(slug="example-heel-raise")
    assert ladder.is_draft
    assert [rung.loaded for rung in ladder.rungs.all()] == [False, True]
    assert ladder.said.pain == "heel or calf pain"
    assert [fault.slug for fault in ladder.own_faults()] == ["example-sways"]
    drawn = Drill.objects.get(slug="example-heel-raise")
    assert drawn.posture is not None
    assert list(split({drawn.slug: drawn.posture}).problems()) == []


def test_a_check_writes_nothing_and_says_that_all_is_well() -> None:
    before = Drill.objects.count()
    assert checked(EXAMPLE) == "Nothing to put right in example-ladder.\n"
    assert Drill.objects.count() == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('figures = ["reps", "side"]', 'figures = ["reps", "sides"]'),
        ("position = 3", "position = 33333"),
        ('load = "one-leg"', 'load = "leg"'),
        ('fault = "example-sways"', 'fault = "example-swings"'),
        ('drill = "example-heel-raise"\nreason', 'drill = "example-heel-rise"\nreason'),
        ('limit = { falls = "fa2" }', 'limit = { falls = "fa99" }'),
        ('pain = "heel or calf pain" ', 'pian = "heel or calf pain" '),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(tmp_path: Path, old: str, new: str) -> None:
    text = EXAMPLE.read_text()
    assert old in text
    file = tmp_path / "mine.toml"
    file.write_text(text.replace(old, new, 1))
    wrong = new.splitlines()[0]
    lines = file.read_text().splitlines()
    nth = next(
        number
        for number, line in enumerate(lines, 1)
        if line.startswith(wrong.strip()[:14]) and wrong.strip() in line
    )
    with pytest.raises(CommandError) as told:
        checked(file)
    header = max(n for n, line in enumerate(lines[:nth], 1) if re.match(r"\[+[a-z]+\]", line))
    said = str(told.value)
    assert any(f"mine.toml:{number}: " in said for number in range(header, nth + 1)), said
