"""Other ways to do a drill, as content: what the loader takes and refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.cautions import read_cautions
from curriculum.loader import ContentError, load
from curriculum.models import Drill
from curriculum.screening import precautions
from curriculum.variants import read_variants, that_help
from tests.curriculum.small import SMALL, small

pytestmark = pytest.mark.django_db

VARIANT = """
[[variant]]
key = "rail"
drills = ["step-up"]
name = "A hand on the rail"
helps = ["falls"]
set_up = ["Hold the rail."]
cue = "Hand stays."
"""

REFUSED = {
    "a drill of nobody": (
        ('"step-up"', '"handstand"'),
        "variant rail: drills: expected the slugs of drills of this curriculum, not 'handstand'",
    ),
    "an unknown precaution": (
        ('"falls"', '"measles"'),
        "variant rail: helps: expected the keys of known precautions, not 'measles'",
    ),
    "nothing said": (('"Hold the rail."', ""), "variant rail: set_up: expected a list of at least"),
    "an unknown key": (("cue =", "angle = 3\ncue ="), "variant rail: angle: is not known here"),
    "no drill at all": (('["step-up"]', "[]"), "variant rail: drills: expected a list of at least"),
}


def _with(folder: Path, text: str) -> Path:
    file = small(folder)
    file.write_text(SMALL + text)
    return file


@pytest.mark.parametrize("mistake", REFUSED)
def test_a_variant_that_cannot_hold_is_refused_in_a_sentence(tmp_path: Path, mistake: str) -> None:
    change, expected = REFUSED[mistake]
    with pytest.raises(ContentError) as refused:
        load(_with(tmp_path, VARIANT.replace(*change)))
    assert expected in str(refused.value)


def test_a_variant_of_one_drill_stands_once(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="variant rail: key: expected once for step-up, found"):
        load(_with(tmp_path, VARIANT * 2))


def test_variants_are_improved_in_place_in_a_published_edition(tmp_path: Path) -> None:
    load(_with(tmp_path, VARIANT))
    better = VARIANT.replace("Hold the rail.", "Hold the rail lightly.")
    assert load(_with(tmp_path, better)).updated == 1
    drill = Drill.objects.get(slug="step-up")
    assert read_variants(drill.variants)["rail"].set_up == ("Hold the rail lightly.",)
    load(small(tmp_path))
    drill.refresh_from_db()
    assert drill.variants == []


def test_what_helps_the_person_is_offered_first() -> None:
    dowel = Drill.objects.get(slug="dowel-hinge")
    found = that_help(read_variants(dowel.variants).values(), ["falls"])
    assert [variant.key for variant in found] == [
        "two-hands",
        "counter",
        "strap",
        "helper",
        "seated",
    ]


#: The swing and the bar have no other way than a slower lift, kneeling with a band than to stand.
NO_OTHER_WAY = {
    "shoulder": ["kettlebell-swing", "deadlift"],
    "knees": ["tall-kneel-raise-band"],
}


def test_every_drill_with_a_limit_for_a_shoulder_or_a_knee_has_another_way() -> None:
    for key in ("shoulder", "knees"):
        left = [
            drill.slug
            for drill in Drill.objects.all()
            if read_cautions(drill.cautions).rules.get(key, ("watch", ""))[0] != "watch"
            and not any(key in way.helps for way in read_variants(drill.variants).values())
        ]
        assert left == NO_OTHER_WAY[key]
    assert {"shoulder", "knees"} <= set(precautions())
