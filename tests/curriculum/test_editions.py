"""A new edition that says only what it changes, and takes the rest from the edition before."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.loader import ContentError, Loaded, digest_of_rows, load, load_all, publish
from curriculum.models import Criterion, Ladder, Level
from tests.curriculum.small import SMALL, small, steps

pytestmark = pytest.mark.django_db

NEXT = """
[ladder]
slug = "steps"
edition = 2
draft = true
from = "small.toml"

[[rung]]
slug = "ground"

[[rung.criterion]]
slug = "flat-foot"
position = 1
text = "The foot stays flat in 10 steps."
plain_text = "Your foot stays flat, 10 times."
figures = ["reps"]
sources = ["doe"]

[[rung.criterion]]
slug = "steady-knee"
position = 2
text = "The knee stays steady in 10 steps."
plain_text = "Your knee stays steady, 10 times."
sources = ["doe"]

[[rung.criterion]]
slug = "tall"
position = 3
text = "Stands tall after each of 10 steps."
plain_text = "You stand tall each time."
set_aside_when = "A crutch is in use."
sources = ["doe"]
"""


def _folder(folder: Path, text: str = NEXT) -> Path:
    small(folder)
    (folder / "small_2.toml").write_text(text)
    return folder


def _as_they_stand(ladder: Ladder) -> list[tuple[object, ...]]:
    rows = Level.objects.filter(rung__ladder=ladder).order_by("rung__position", "position")
    columns = ("rung__slug", "rung__name", "slug", "drill", "setting", "sets", "reps", "posture")
    return [*rows.values_list(*columns, "cautions", "weekdays", "dose_source")]


def test_what_the_edition_does_not_say_is_as_in_the_edition_before(tmp_path: Path) -> None:
    load_all(_folder(tmp_path))
    first = steps(1)
    second = steps(2)
    assert _as_they_stand(second) == _as_they_stand(first) != []
    for name in ("name", "summary", "checklist", "guide"):
        assert getattr(second, name) == getattr(first, name)
    assert second.is_draft
    assert not first.is_draft
    texts = Criterion.objects.filter(rung__ladder=second, rung__slug="ground")
    assert texts.get(slug="flat-foot").text == "The foot stays flat in 10 steps."
    assert texts.get(slug="tall").set_aside_when == "A crutch is in use."
    assert [*second.rungs.values_list("slug", flat=True)] == [
        *first.rungs.values_list("slug", flat=True)
    ]


def test_a_better_word_in_the_edition_before_reaches_the_next_one_too(tmp_path: Path) -> None:
    load_all(_folder(tmp_path))
    changed = SMALL.replace("sets = 2", "sets = 4")
    assert changed != SMALL
    (tmp_path / "small.toml").write_text(changed)
    load_all(tmp_path)
    assert _as_they_stand(steps(2)) == _as_they_stand(steps(1))
    assert 4 in {row[5] for row in _as_they_stand(steps(2))}
    assert [*load_all(tmp_path)] == [Loaded("small", 0, 0, 0), Loaded("small_2", 0, 0, 0)]


def test_a_published_edition_stays_frozen_though_it_says_little(tmp_path: Path) -> None:
    load_all(_folder(tmp_path))
    publish("steps", 2)
    assert steps(2).digest == digest_of_rows(steps(2))
    text = NEXT.replace("flat in 10 steps", "flat in 9 steps")
    with pytest.raises(ContentError, match="edition 2 of steps is published and frozen"):
        load(_folder(tmp_path, text) / "small_2.toml")


LOW = """
[[caution]]
drill = "step-up"
level = "ground/low"
watch = { surgery = "s1" }

[postures."ground/low"]
title = "Up a low step"
description = "From the side: one step up."
start = { base = "stand" }
end = { base = "hinge" }
"""
OTHER_LEVELS = """
[[rung]]
slug = "ground"

[[rung.level]]
slug = "lower"
position = 1
drill = "step-up"
setting = "a lower step"
sets = 2
reps = 5
days = "daily"
"""


def test_what_is_drawn_or_said_of_a_level_that_goes_stays_with_the_edition_before(
    tmp_path: Path,
) -> None:
    (tmp_path / "small.toml").write_text(SMALL + LOW)
    head = NEXT.partition("[[rung]]")[0]
    (tmp_path / "small_2.toml").write_text(head + OTHER_LEVELS)
    load_all(tmp_path)
    low = Level.objects.get(rung__ladder=steps(1), slug="low")
    assert low.cautions is not None
    assert low.cautions["watch"] == {"surgery": "s1"}
    assert low.posture is not None
    assert low.posture["title"] == "Up a low step"
    (lower,) = Level.objects.filter(rung__ladder=steps(2), rung__slug="ground")
    assert (lower.slug, lower.posture, lower.cautions) == ("lower", None, None)


@pytest.mark.parametrize("own", [LOW, LOW.partition("\n\n")[0] + "\n"])
def test_what_an_edition_itself_says_of_a_level_that_it_has_no_more_is_a_mistake(
    tmp_path: Path, own: str
) -> None:
    head = NEXT.partition("[[rung]]")[0]
    (tmp_path / "small.toml").write_text(SMALL)
    (tmp_path / "small_2.toml").write_text(head + OTHER_LEVELS + own)
    with pytest.raises(ContentError, match="rung/level of this ladder"):
        load_all(tmp_path)


@pytest.mark.parametrize("name", ["nowhere", "small_2.toml", "../small.toml"])
def test_an_edition_before_that_is_not_there_is_said(tmp_path: Path, name: str) -> None:
    text = NEXT.replace('from = "small.toml"', f'from = "{name}"')
    with pytest.raises(ContentError, match="a folder or a file beside this one"):
        load(_folder(tmp_path, text) / "small_2.toml")
    assert not Ladder.objects.filter(slug="steps").exists()


def test_two_editions_that_go_on_from_each_other_are_refused(tmp_path: Path) -> None:
    _folder(tmp_path)
    first = SMALL.replace("edition = 1", 'edition = 1\nfrom = "small_2.toml"')
    (tmp_path / "small.toml").write_text(first)
    with pytest.raises(ContentError, match="goes on from itself"):
        load_all(tmp_path)


def test_a_drill_that_the_edition_describes_again_is_refused(tmp_path: Path) -> None:
    drill = SMALL[SMALL.index("[[drill]]") :].partition("\n\n")[0]
    with pytest.raises(ContentError, match="expected in one curriculum only, small has it"):
        load_all(_folder(tmp_path, NEXT + "\n" + drill + "\n"))
