"""What the loader refuses, and that it says where the mistake is and what it expected."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from curriculum.models import Drill, Ladder, Source
from tests.curriculum.small import Change, refusal, small

pytestmark = pytest.mark.django_db

BAND_FIRST: list[Change] = [
    ("position = 1\nloaded = false", "position = 2\nloaded = false"),
    ("position = 2\nloaded = true", "position = 1\nloaded = true"),
]

REFUSED: dict[str, tuple[list[Change], str]] = {
    "a loaded rung before an unloaded one": (
        BAND_FIRST,
        "rung ground: loaded: expected every rung without load before every loaded rung",
    ),
    "a loaded drill on an unloaded rung": (
        [('drill = "step-up"\nsetting', 'drill = "banded-step"\nsetting')],
        "rung ground, level low: drill: expected a drill without load on a rung without load",
    ),
    "a loaded drill on a rung whose load is struck out": (
        [("position = 2\nloaded = true", "position = 2\nloaded = false")],
        "rung band, level light: drill: expected a drill without load on a rung without load",
    ),
    "a helper with load": (
        [('drill = "banded-step"\nsetting', 'drill = "banded-step"\nhelper = true\nsetting')],
        "rung band, level light: helper: expected a drill without load for a helper level",
    ),
    "a rung with nothing but helpers": (
        [('drill = "step-up"\nsetting', 'drill = "step-up"\nhelper = true\nsetting')],
        "rung ground: level: expected at least one level that is no helper",
    ),
    "a lowest rung for the clinic alone": (
        [('slug = "low"', 'slug = "low"\nhome = false')],
        "rung ground: level: expected a level for home that is no helper",
    ),
    "a gate of two criteria": (
        [
            (
                '[[rung.criterion]]\nslug = "slow"\nposition = 2\ntext = "Slow on the way down."\n'
                'plain_text = "You go down slowly."\nsources = ["doe"]\n',
                "",
            )
        ],
        "rung band: criterion: expected 3 to 5 criteria, found 2",
    ),
    "an unknown key": (
        [('plain_name = "Up a step"', 'plain_name = "Up a step"\ncolour = "red"')],
        "drill step-up: colour: is not known here: expected one of slug, name, plain_name, load",
    ),
    "an unknown key deep inside": (
        [('setting = "10 cm"', 'setting = "10 cm"\nheight = 10')],
        "rung ground, level low: height: is not known here",
    ),
    "an unknown table": (
        [("[[equipment]]", "[[gadget]]")],
        "gadget: is not known here: expected one of source",
    ),
    "a missing key": (
        [('text = "The foot stays flat."\n', "")],
        "rung ground, criterion flat-foot: text: is missing: expected a text that is not empty",
    ),
    "a criterion without the patient's words": (
        [('plain_text = "You stand tall."\n', "")],
        "rung ground, criterion tall: plain_text: is missing: expected a text that is not empty",
    ),
    "an empty text": (
        [("The foot stays flat.", "  ")],
        "rung ground, criterion flat-foot: text: expected a text that is not empty, "
        "of at most 2000 characters, not",
    ),
    "an empty sentence in a list": (
        [('["Step up."]', '[""]')],
        "drill step-up: movement: expected a list of at least 1",
    ),
    "a list without a sentence": (
        [('["Step up."]', "[]")],
        "drill step-up: movement: expected a list of at least 1",
    ),
    "a text that a column cannot hold": (
        [('name = "Step-up"', f'name = "{"long " * 21}"')],
        "drill step-up: name: expected a text that is not empty, of at most 100 characters",
    ),
    "words for a number": (
        [("sets = 2", 'sets = "two"')],
        "level low: sets: expected a whole number from 1 to 10, not 'two'",
    ),
    "true for a number": (
        [("sets = 2", "sets = true")],
        "level low: sets: expected a whole number from 1 to 10, not True",
    ),
    "a number out of range": (
        [("reps = 8", "reps = 51")],
        "level light: reps: expected a whole number from 1 to 50, not 51",
    ),
    "an unknown load": (
        [('load = "band"', 'load = "bricks"')],
        "drill banded-step: load: expected one of none, band, weight",
    ),
    "no day at all": (
        [('["mon", "fri"]', "[]")],
        'level calf-raise: days: expected "daily" or a list of mon, tue',
    ),
    "an unknown day": (
        [('["mon", "fri"]', '["mon", "fry"]')],
        'level calf-raise: days: expected "daily" or a list',
    ),
    "a goal upside down": (
        [("[-10, 10]", "[10, -10]")],
        "level low: goals: expected a table of measures",
    ),
    "a slug with a space": (
        [('slug = "slow"', 'slug = "Slow down"')],
        "criterion Slow down: slug: expected a slug: small",
    ),
    "two rungs at one position": (
        [("position = 2\nloaded = true", "position = 1\nloaded = true")],
        "position: expected 2: from 1, each once, without a gap",
    ),
    "a gap between rungs": (
        [("position = 2\nloaded = true", "position = 3\nloaded = true")],
        "rung band: position: expected 2: from 1, each once, without a gap",
    ),
    "two levels at one position": (
        [('position = 2\ndrill = "calf-raise"', 'position = 1\ndrill = "calf-raise"')],
        "rung ground: level position: expected each once, found 1 again",
    ),
    "two criteria at one position": (
        [('slug = "slow"\nposition = 2', 'slug = "slow"\nposition = 1')],
        "rung band: criterion position: expected each once, found 1 again",
    ),
    "two rungs of one slug": (
        [('slug = "band"\n', 'slug = "ground"\n')],
        "rung ground: slug: expected once, found again",
    ),
    "two drills of one slug": (
        [('slug = "calf-raise"', 'slug = "step-up"')],
        "drill step-up: slug: expected once, found again",
    ),
    "two criteria of one slug": (
        [('slug = "slow"', 'slug = "tall"')],
        "rung band: criterion slug: expected each once, found tall",
    ),
    "a remedy told twice": (
        [('drill = "step-up"\nreason', 'drill = "calf-raise"\nreason')],
        "fault wobbles: remedy drill: expected each",
    ),
    "an unknown drill": (
        [('drill = "banded-step"', 'drill = "flying"')],
        "level light: drill: expected the slug of a known drill, not 'flying'",
    ),
    "an unknown source": (
        [('sources = ["doe"]\nwhen', 'sources = ["roe"]\nwhen')],
        "drill step-up: sources: expected the slug of a known source",
    ),
    "an unknown source of a dose": (
        [('dose_source = "doe"', 'dose_source = "roe"')],
        "level calf-raise: dose_source: expected the slug",
    ),
    "an unknown source of a remedy": (
        [('source = "doe"', 'source = "roe"')],
        "fault wobbles: remedy source: expected the slug",
    ),
    "an unknown source of the checklist": (
        [
            (
                'flat."\nsources = ["doe"]\n\n[[ladder.guide]]',
                'flat."\nsources = ["roe"]\n\n[[ladder.guide]]',
            )
        ],
        "ladder steps: sources: expected the slug of a known source",
    ),
    "an unknown fault": (
        [('fault = "wobbles"', 'fault = "falls"')],
        "drill step-up: watch_for: expected the slug of a known fault",
    ),
    "unknown equipment": (
        [('equipment = ["step"]', 'equipment = ["rope"]')],
        "drill step-up: equipment: expected the slug of a known equipment",
    ),
    "a criterion that nobody answers for": (
        [('clinic_default = "All of it."\n\n[[rung]]', "[[rung]]")],
        "rung ground, criterion tall: sources: expected at least one source, "
        "or the part that is a clinic default",
    ),
    "a drill that nobody answers for": (
        [('load = "band"\nclinic_default = "All of it."', 'load = "band"')],
        "drill banded-step: sources: expected at least one source",
    ),
    "rungs without a ladder": (
        [('[ladder]\nslug = "steps"', '[[source]]\nslug = "steps"')],
        "is not known here",
    ),
    "a table that is only a word": (
        [("[[equipment]]", 'equipment = "step"\n[[drill]]')],
        "expected",
    ),
}


@pytest.mark.parametrize("mistake", REFUSED)
def test_a_mistake_is_refused_with_its_file_place_and_what_was_expected(
    tmp_path: Path, mistake: str
) -> None:
    changes, expected = REFUSED[mistake]
    words = refusal(tmp_path, *changes)
    assert expected in words
    assert words.startswith("small.toml: ")
    assert not Ladder.objects.filter(slug="steps").exists()
    assert not Source.objects.filter(slug="doe").exists()


def test_all_mistakes_of_one_kind_are_told_at_once(tmp_path: Path) -> None:
    words = refusal(
        tmp_path,
        ("The foot stays flat.", ""),
        ("sets = 3", "sets = 0"),
        ('name = "Band"', "name = 7"),
    )
    assert len(words.splitlines()) == 3


def test_the_command_says_how_many_mistakes_and_loads_nothing(tmp_path: Path) -> None:
    with pytest.raises(
        CommandError,
        match=r"Nothing was loaded: 1 mistake\.\nsmall.toml: rung band, level light: sets",
    ):
        call_command("load_curriculum", small(tmp_path, ("sets = 3", "sets = 0")))
    assert not Drill.objects.filter(slug="step-up").exists()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"absent.toml: cannot be read: No such file"):
        call_command("load_curriculum", tmp_path / "absent.toml")


def test_a_file_that_is_no_toml_is_named_with_the_line(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text('[ladder\nslug = "x"')
    with pytest.raises(CommandError, match=r"broken.toml: expected TOML in UTF-8: .*line 1"):
        call_command("load_curriculum", tmp_path / "broken.toml")


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "photo.toml").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(CommandError, match=r"photo.toml: expected TOML in UTF-8"):
        call_command("load_curriculum", tmp_path / "photo.toml")


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"expected at least one .toml file in this folder"):
        call_command("load_curriculum", tmp_path)


def test_a_second_ladder_in_one_file_is_refused(tmp_path: Path) -> None:
    whole = small(tmp_path).read_text().replace("[ladder]", "[[ladder]]")
    (tmp_path / "two.toml").write_text(
        whole + '\n[[ladder]]\nslug = "stairs"\nedition = 1\nname = "Stairs"\n'
    )
    with pytest.raises(CommandError, match="expected one ladder in a curriculum, found another"):
        call_command("load_curriculum", tmp_path / "two.toml")
