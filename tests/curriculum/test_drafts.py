"""An edition is a draft until it is published: it may be changed, and nobody stands on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from curriculum.loader import Loaded, digest_of_rows, load
from curriculum.models import Criterion, Ladder, Level
from tests.curriculum.small import Change, refusal, small, steps

pytestmark = pytest.mark.django_db

DRAFT: Change = ("edition = 1", "edition = 2\ndraft = true")


def _publish(*arguments: Any) -> None:
    call_command("publish_ladder", *arguments, verbosity=0)


def test_a_draft_stands_beside_the_published_edition_and_is_never_the_newest(
    tmp_path: Path,
) -> None:
    load(small(tmp_path))
    load(small(tmp_path, DRAFT))
    assert steps(2).published_at is None
    assert steps().newer() is None
    assert Ladder.objects.newest().get(slug="steps") == steps()


CHANGES: list[tuple[list[Change], str]] = [
    ([("The foot stays flat.", "The foot is flat.")], "flat-foot steady-knee tall"),
    ([('slug = "steady-knee"', 'slug = "quiet-knee"')], "flat-foot quiet-knee tall"),
    (
        [('slug = "flat-foot"\nposition = 1', 'slug = "flat-foot"\nposition = 2'),
         ('slug = "steady-knee"\nposition = 2', 'slug = "steady-knee"\nposition = 1')],
        "steady-knee flat-foot tall",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "keys"), CHANGES)
def test_a_draft_can_be_changed_in_every_part(
    tmp_path: Path, changes: list[Change], keys: str
) -> None:
    load(small(tmp_path, DRAFT))
    load(small(tmp_path, DRAFT, *changes))
    ground = steps(2).rungs.get(slug="ground")
    assert " ".join(ground.criteria.values_list("slug", flat=True)) == keys
    assert steps(2).digest == digest_of_rows(steps(2))
    assert load(small(tmp_path, DRAFT, *changes)) == Loaded("small", 0, 0, 0)


def test_what_a_draft_no_longer_says_goes(tmp_path: Path) -> None:
    load(small(tmp_path, DRAFT))
    text = (tmp_path / "small.toml").read_text()
    level = text[text.index('[[rung.level]]\nslug = "calf-raise"') :].partition("\n\n")[0]
    load(small(tmp_path, DRAFT, (level, "")))
    levels = Level.objects.filter(rung__ladder=steps(2))
    assert list(levels.values_list("slug", flat=True)) == ["low", "light"]


def test_publishing_freezes_a_draft_and_makes_it_the_newest_edition(tmp_path: Path) -> None:
    load(small(tmp_path))
    load(small(tmp_path, DRAFT))
    _publish("steps", 2)
    published = steps(2).published_at
    assert published is not None
    assert steps().newer() == steps(2)
    words = refusal(tmp_path, DRAFT, ("The foot stays flat.", "The foot is flat."))
    assert "edition 2 of steps is published and frozen: make a new edition" in words
    # Neither a second press nor the mark that still stands in the file takes it back.
    _publish("steps", 2)
    load(small(tmp_path, DRAFT))
    assert steps(2).published_at == published


def test_an_edition_whose_draft_mark_is_taken_away_is_published_by_the_next_load(
    tmp_path: Path,
) -> None:
    load(small(tmp_path, DRAFT))
    load(small(tmp_path, ("edition = 1", "edition = 2")))
    assert not steps(2).is_draft


def test_what_is_not_loaded_or_was_changed_by_hand_is_not_published(tmp_path: Path) -> None:
    load(small(tmp_path, DRAFT))
    with pytest.raises(CommandError, match="expected a loaded edition, 3 is not: load it first"):
        _publish("steps", 3)
    Criterion.objects.filter(rung__ladder=steps(2), slug="slow").update(text="Anything goes.")
    with pytest.raises(CommandError, match="its rows in the database are not those"):
        _publish("steps", 2)
    assert steps(2).is_draft


def test_the_database_itself_never_makes_a_published_edition_a_draft_again(tmp_path: Path) -> None:
    load(small(tmp_path))
    with pytest.raises(DatabaseError, match="never a draft again"), transaction.atomic():
        Ladder.objects.filter(slug="steps").update(published_at=None)


MARKS: list[tuple[Change, str, object]] = [
    (('slug = "slow"', 'slug = "slow"\nalways = true'), "always", True),
    (
        ('slug = "slow"', 'slug = "slow"\nplacement_text = "Slow in 5."'),
        "placement_text",
        "Slow in 5.",
    ),
]


@pytest.mark.parametrize(("change", "key", "value"), MARKS)
def test_what_a_gate_always_asks_and_its_words_at_placement_are_frozen(
    tmp_path: Path, change: Change, key: str, value: object
) -> None:
    load(small(tmp_path, ("edition = 1", "edition = 2"), change))
    assert getattr(Criterion.objects.get(slug="slow"), key) == value
    assert f"rung band, criterion slow: {key}: expected {value!r}, as published" in refusal(
        tmp_path, ("edition = 1", "edition = 2")
    )
    load(small(tmp_path))
    expected = f"rung band, criterion slow: {key}: expected nothing, as published, not {value!r}"
    assert expected in refusal(tmp_path, change)


def test_an_edition_from_before_these_marks_keeps_its_digest(curriculum: Ladder) -> None:
    assert curriculum.digest == "4a0b2ab1780645357a84d534cc8c6918cf02759c33ae89ce9d5ae2bf096a8b67"
    assert digest_of_rows(curriculum) == curriculum.digest
    assert not curriculum.rungs.filter(criteria__always=True).exists()


def test_a_level_for_the_clinic_alone_may_be_marked_later(tmp_path: Path) -> None:
    load(small(tmp_path))
    assert Level.objects.get(slug="light").home
    load(small(tmp_path, ('slug = "light"', 'slug = "light"\nhome = false')))
    assert not Level.objects.get(slug="light").home
    assert steps().digest == digest_of_rows(steps())


def test_of_the_hip_hinge_only_the_rolling_stool_is_for_the_clinic_alone(
    curriculum: Ladder,
) -> None:
    clinic_only = Level.objects.filter(rung__ladder=curriculum, home=False)
    assert [level.slug for level in clinic_only] == ["rolling-stool"]


# ---- the second edition of the hip hinge


@pytest.fixture
def second(db: None) -> Ladder:
    return Ladder.objects.get(slug="hip-hinge", edition=2)


#: The levels that the second edition has besides or no more, in any order.
MORE = {
    "butt-taps/10-cm",
    "butt-taps/dowel-butt-tap",
    *(f"{rung}/free-hinge" for rung in ("dowel-hinge", "butt-taps")),
    *(f"{rung}/free-hinge" for rung in ("bench-in-front", "bench-behind")),
    "banded-hinge/dowel-band",
    "kettlebell-rdl/banded-pull-through",
    "kettlebell-rdl/kettlebell-block",
    "kettlebell-rdl/stick-rdl",
    "kettlebell-rdl/stick-deadlift",
}


def test_the_second_edition_has_the_levels_of_the_first_as_they_are_and_names_what_differs(
    second: Ladder, curriculum: Ladder
) -> None:
    """A dose goes along to a level with the same drill and setting alone."""
    columns = ("drill", "setting", "home", "helper", "sets", "reps", "seconds", "weekdays")
    first, later = (
        {
            f"{level.rung.slug}/{level.slug}": [getattr(level, name) for name in columns]
            for level in Level.objects.filter(rung__ladder=ladder).select_related("rung", "drill")
        }
        for ladder in (curriculum, second)
    )
    assert later.keys() - first.keys() == MORE
    assert first.keys() - later.keys() == {"butt-taps/5-cm"}
    differ = [level for level in first.keys() & later.keys() if first[level] != later[level]]
    assert differ == ["butt-taps/wall-touch"]
    assert curriculum.newer() == second


def test_the_levels_of_the_second_edition_stand_in_the_order_in_which_they_grow(
    second: Ladder,
) -> None:
    own = Level.objects.filter(rung__ladder=second, helper=False)
    found: dict[str, list[str]] = {}
    for rung, slug in own.values_list("rung__slug", "slug"):
        found.setdefault(rung, []).append(slug)
    assert found["butt-taps"] == ["10-cm", "15-cm", "20-cm", "25-cm", "30-cm"]
    assert found["banded-hinge"] == ["tall-kneel-band", "dowel-band", "standing-band"]
    assert found["kettlebell-rdl"] == [
        "pull-through",
        "banded-pull-through",
        "kettlebell-stool",
        "kettlebell-block",
        "kettlebell-floor",
        "single-arm",
        "suitcase",
        "romanian",
    ]


def test_rehearsals_with_a_stick_are_offered_before_a_weight_and_no_gate_asks_for_them(
    second: Ladder,
) -> None:
    rehearsals = Level.objects.filter(rung__ladder=second, drill__slug__startswith="stick-")
    assert [(one.rung.position, one.helper, one.drill.load) for one in rehearsals] == [
        (6, True, "none"),
        (6, True, "none"),
    ]


def test_every_criterion_of_the_second_edition_says_how_it_is_judged(second: Ladder) -> None:
    criteria = Criterion.objects.filter(rung__ladder=second)
    assert criteria.count() == 30
    for criterion in criteria:
        assert criterion.hint, criterion
        assert criterion.figures, criterion
        assert criterion.plain_text, criterion
        assert criterion.placement_text not in ("", criterion.text), criterion
        assert any(character.isdigit() for character in criterion.text + criterion.hint), criterion


def test_each_gate_of_the_second_edition_asks_for_something_that_is_always_seen(
    second: Ladder,
) -> None:
    always = Criterion.objects.filter(rung__ladder=second, always=True)
    assert sorted(always.values_list("rung__position", "slug")) == [
        (1, "hips-back"),
        (1, "three-contacts"),
        (2, "distance"),
        (3, "quiet-knees"),
        (4, "neutral-spine"),
        (4, "own-activity"),
        (5, "fifteen-controlled"),
        (6, "own-activity"),
        (6, "weight-close"),
        (7, "both-sides"),
    ]
    assert not always.exclude(set_aside_when="").exists()


def test_the_second_edition_keeps_the_keys_of_what_means_the_same(
    second: Ladder, curriculum: Ladder
) -> None:
    first, later = (
        set(Criterion.objects.filter(rung__ladder=ladder).values_list("rung__slug", "slug"))
        for ladder in (curriculum, second)
    )
    assert first - later == {("bench-behind", "smooth"), ("kettlebell-rdl", "straight-arms")}
    assert later - first == {("bench-behind", "own-activity"), ("kettlebell-rdl", "own-activity")}
