"""What loading does to the database: once, again, improved, and in a new edition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from curriculum.loader import Loaded, digest_of_rows, load, load_all
from curriculum.models import Criterion, Drill, Fault, FaultPicture, Goal, Ladder, Level, Remedy
from tests.curriculum.small import Change, refusal, small, steps

pytestmark = pytest.mark.django_db


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [q["sql"] for q in queries if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def test_a_file_becomes_a_ladder_that_can_be_assigned(tmp_path: Path) -> None:
    load(small(tmp_path))

    ground, band = steps().rungs.all()
    assert [ground.slug, ground.loaded, band.slug, band.loaded] == ["ground", False, "band", True]
    assert [(level.slug, level.helper) for level in ground.levels.all()] == [
        ("low", False),
        ("calf-raise", True),
    ]
    assert ground.criteria.all()[0].text == "The foot stays flat."
    assert ground.levels.get(slug="calf-raise").weekdays == 0b0010001
    assert ground.levels.get(slug="calf-raise").dose_source.slug == "doe"  # type: ignore[union-attr]
    assert (
        ground.criteria.get(slug="tall").sources.count(),
        ground.criteria.get(slug="tall").placement_reps,
    ) == (0, 5)
    assert [remedy.drill.slug for remedy in Fault.objects.get(slug="wobbles").remedies.all()] == [
        "calf-raise",
        "step-up",
    ]


def test_loading_the_shipped_curriculum_again_writes_nothing(db: None) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = load_all()
    shipped = ("hip_hinge", "hip_hinge_2", "sit_to_stand")
    assert again == [Loaded(name, 0, 0, 0) for name in shipped]
    assert writes(queries) == []


def test_loading_a_file_again_writes_nothing_and_an_improved_one_only_what_changed(
    tmp_path: Path,
) -> None:
    first = load(small(tmp_path))
    again = load(small(tmp_path))
    improved = load(small(tmp_path, ("Step up.", "Step up slowly.")))
    assert first.created > 15
    assert again == Loaded("small", 0, 0, 0)
    assert (improved.created, improved.updated, improved.deleted) == (0, 1, 0)


PROSE: list[Change] = [
    ('reps = 10\ndays = "daily"', 'reps = 12\ndays = "daily"'),
    ('name = "Ground"', 'name = "The ground"'),
    ("Two steps.", "Two steps, one by one."),
    ("shin = [-10, 10]", "shin = [-5, 5], trunk = [40, 60]"),
    (
        'text = "The foot stays flat."\nplain_text = "Your foot stays flat."',
        'text = "The foot stays flat."\nhint = "Look."\nplain_text = "Your whole foot stays down."',
    ),
    ('reason = "Practice helps."', 'reason = "Practice helps."\nsource = "doe"'),
    ("Stand in front of the step.", "Stand close to the step."),
]


@pytest.mark.parametrize("change", PROSE)
def test_prose_doses_and_goals_of_a_published_edition_can_be_improved_in_place(
    tmp_path: Path, change: Change
) -> None:
    load(small(tmp_path))
    before = set(Level.objects.values_list("pk", flat=True))
    digest = steps().digest
    load(small(tmp_path, change))
    assert set(Level.objects.values_list("pk", flat=True)) == before
    assert steps().digest == digest == digest_of_rows(steps())


FROZEN: list[tuple[Change, str, str]] = [
    (("The foot stays flat.", "The foot is flat."), "rung ground, criterion flat-foot", "text"),
    (('sources = ["doe"]\n\n[[rung.criterion]]\nslug = "steady-knee"',
      'sources = ["doe"]\nplacement_reps = 3\n\n[[rung.criterion]]\nslug = "steady-knee"'),
     "rung ground, criterion flat-foot", "placement_reps"),
    (('slug = "steady-knee"', 'slug = "quiet-knee"'), "rung ground, criterion quiet-knee", "text"),
    (('setting = "10 cm"', 'setting = "20 cm"'), "rung ground, level low", "setting"),
    (('drill = "step-up"\nsetting', 'drill = "calf-raise"\nsetting'),
     "rung ground, level low", "drill"),
    (("helper = true\n", ""), "rung ground, level calf-raise", "helper"),
    (('position = 1\nloaded = false', 'position = 1\nloaded = true'), "rung ground", "loaded"),
    (('slug = "light"', 'slug = "gentle"'), "rung band, level gentle", "position"),
    (('[[rung]]\nslug = "band"', '[[rung]]\nslug = "elastic"'), "rung elastic", "position"),
    (('slug = "slow"\nposition = 2', 'slug = "slow"\nposition = 4'),
     "rung band, criterion slow", "position"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "key"), FROZEN)
def test_a_published_edition_refuses_a_change_of_its_frozen_part(
    tmp_path: Path, change: Change, place: str, key: str
) -> None:
    load(small(tmp_path))
    words = refusal(tmp_path, change)
    assert f"small.toml: {place}: {key}: expected" in words
    assert "edition 1 of steps is published and frozen: make a new edition" in words


def test_nothing_is_half_written_when_a_frozen_part_changed(tmp_path: Path) -> None:
    load(small(tmp_path))
    assert refusal(
        tmp_path, ("Step up.", "Step up slowly."), ("The foot stays flat.", "The foot is flat.")
    )
    assert Drill.objects.get(slug="step-up").movement == ["Step up."]
    assert Criterion.objects.filter(text="The foot is flat.").count() == 0


def test_a_new_edition_stands_beside_the_old_one_which_stays_as_it_was(tmp_path: Path) -> None:
    load(small(tmp_path))
    digest = steps().digest
    published = steps().published_at
    load(
        small(
            tmp_path, ("edition = 1", "edition = 2"), ("The foot stays flat.", "The foot is flat.")
        )
    )
    assert (steps().digest, steps().published_at, digest_of_rows(steps())) == (
        digest,
        published,
        digest,
    )
    assert steps(2).digest != digest
    assert set(Criterion.objects.filter(slug="flat-foot").values_list("text", flat=True)) == {
        "The foot stays flat.",
        "The foot is flat.",
    }


def test_a_folder_of_files_says_the_same_as_one_file(tmp_path: Path) -> None:
    whole = small(tmp_path).read_text()
    load(tmp_path / "small.toml")
    folder = tmp_path / "in_parts"
    folder.mkdir()
    cut = whole.index("[ladder]")
    (folder / "a.toml").write_text(whole[cut:])
    (folder / "b.toml").write_text(whole[:cut])
    assert load(folder) == Loaded("in_parts", 0, 0, 0)


def test_a_row_changed_behind_the_loaders_back_is_noticed(tmp_path: Path) -> None:
    load(small(tmp_path))
    Criterion.objects.filter(slug="flat-foot").update(text="Anything goes.")
    assert "its frozen rows in the database are not those that were published" in refusal(tmp_path)


def test_a_remedy_and_a_goal_taken_out_of_the_file_go(tmp_path: Path) -> None:
    load(small(tmp_path))
    last = '[[fault.remedy]]\ndrill = "step-up"\nreason = "Practice helps."\n'
    load(small(tmp_path, (last, ""), ("goals = { shin = [-10, 10] }", "")))
    assert [remedy.drill.slug for remedy in Remedy.objects.filter(fault__slug="wobbles")] == [
        "calf-raise"
    ]
    assert Goal.objects.filter(level__rung__ladder__slug="steps").count() == 0


def test_a_drill_in_use_without_load_cannot_get_one(tmp_path: Path) -> None:
    load(small(tmp_path))
    only_drills = (
        small(tmp_path)
        .read_text()
        .partition("[[fault]]")[0]
        .replace('load = "none"', 'load = "weight"')
    )
    (tmp_path / "drills.toml").write_text(only_drills)
    with pytest.raises(
        CommandError,
        match="drill step-up: load: expected none: Steps, edition 1, rung ground uses it",
    ):
        call_command("load_curriculum", tmp_path / "drills.toml")
    assert Drill.objects.get(slug="step-up").load == "none"


def test_the_database_itself_refuses_a_helper_with_load(tmp_path: Path) -> None:
    load(small(tmp_path))
    helper = Level.objects.get(helper=True, rung__ladder=steps())
    banded = Drill.objects.get(slug="banded-step")
    with pytest.raises(DatabaseError, match="a helper level has no load"), transaction.atomic():
        Level.objects.filter(pk=helper.pk).update(drill=banded)
    with pytest.raises(DatabaseError, match="a helper level has no load"), transaction.atomic():
        Level.objects.filter(rung__slug="band", drill=banded).update(helper=True)
    with pytest.raises(DatabaseError, match="a helper level has no load"), transaction.atomic():
        Drill.objects.filter(pk=helper.drill_id).update(load="weight")


POSTURE = """
[postures.step-up]
title = "A step"
description = "From the side: a person bends at the hips."
start = { base = "stand" }
end = { base = "hinge", knee = 25, hip = 74 }

[postures.step-up.faults.wobbles]
title = "A wobble"
description = "The knees bend."
end = { shin = 20, knee = 60, hip = 84 }
mark = ["knee", 0.03, 0.0]

[postures."ground/low"]
title = "A low step"
description = "From the side: a person bends at the hips a little."
start = { base = "stand" }
end = { base = "hinge", knee = 22, hip = 60 }
"""


def test_postures_are_kept_with_what_they_show_and_go_when_taken_out(tmp_path: Path) -> None:
    file = small(tmp_path)
    file.write_text(POSTURE + file.read_text())
    load(file)
    drill = Drill.objects.get(slug="step-up")
    level = Level.objects.get(rung__ladder=steps(), slug="low")
    assert drill.posture is not None
    assert drill.posture["end"]["hip"] == 74
    assert level.posture is not None
    assert level.posture["end"]["hip"] == 60
    assert FaultPicture.objects.get(drill=drill).fault.slug == "wobbles"

    file.write_text(
        file.read_text().replace(
            "[postures.step-up.faults.wobbles]", "[postures.step-up.faults.none]"
        )
    )
    with pytest.raises(
        CommandError, match=r"posture step-up: faults: expected a known fault, not 'none'"
    ):
        call_command("load_curriculum", file)
    load(small(tmp_path))
    assert Drill.objects.get(slug="step-up").posture is None
    assert FaultPicture.objects.filter(drill=drill).count() == 0


def no_criterion(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """The database gives up half-way, as on a full disk."""
    if sql.startswith('INSERT INTO "curriculum_criterion"'):
        raise DatabaseError("disk full")
    return execute(sql, params, many, context)


@pytest.mark.parametrize(
    "loads", [lambda folder: load(folder / "small.toml"), load_all], ids=["one file", "all"]
)
def test_nothing_stays_when_the_database_gives_up_half_way(
    tmp_path: Path, loads: Callable[[Path], Any]
) -> None:
    small(tmp_path)
    with pytest.raises(DatabaseError, match="disk full"), connection.execute_wrapper(no_criterion):
        loads(tmp_path)
    assert not Drill.objects.filter(slug="step-up").exists()
    assert not Ladder.objects.filter(slug="steps").exists()


def test_two_curricula_may_not_describe_the_same_drill(tmp_path: Path) -> None:
    text = small(tmp_path).read_text()
    (tmp_path / "twin.toml").write_text(text.replace('slug = "steps"', 'slug = "stairs"'))
    with pytest.raises(
        Exception,
        match=r"twin.toml: drill step-up: slug: expected in one curriculum only, small has it",
    ):
        load_all(tmp_path)
    assert not Ladder.objects.filter(slug__in=["steps", "stairs"]).exists()
