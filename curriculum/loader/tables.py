"""Describes the keys of every table of the content, and the tables nested in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from curriculum.cautions import KINDS
from curriculum.loader.kinds import (
    DAYS,
    LINES,
    RANGES,
    SENTENCES,
    SLUG,
    SLUGS,
    WORDS,
    YES_NO,
    Key,
    list_of,
    number,
    one_of,
    optional,
    text,
)
from curriculum.measures import FIGURES
from curriculum.models import Load


@dataclass(frozen=True)
class ContentTable:
    """The description of a table.

    keys: its keys
    nested: the tables in it, each a list
    name: the key that names an item in a message
    """

    keys: dict[str, Key]
    nested: dict[str, ContentTable] = field(default_factory=dict)
    name: str = "slug"


REFERENCE = Key(SLUG)
NAME = Key(text(100))
PROSE = Key(text())
MAYBE_PROSE = optional(text(), "")
MAYBE_SHORT = optional(text(200), "")
NO = optional(YES_NO, False)
YES = optional(YES_NO, True)
CITED = optional(SLUGS, [])

SOURCE = ContentTable(
    {
        "slug": REFERENCE,
        "name": Key(text(50)),
        "title": Key(text(300)),
        "author": MAYBE_SHORT,
        "note": MAYBE_PROSE,
        "references": optional(list_of(text(400)), []),
    }
)

EQUIPMENT = ContentTable({"slug": REFERENCE, "name": NAME, "plain_name": NAME, "note": MAYBE_PROSE})

WATCH_FOR = ContentTable(
    {"sign": PROSE, "do": PROSE, "fault": optional(SLUG, None), "clinic_default": NO}, name="sign"
)

DRILL = ContentTable(
    {
        "slug": REFERENCE,
        "name": NAME,
        "plain_name": NAME,
        "load": Key(one_of(Load.values)),
        "one_sided": NO,
        "when_to_use": PROSE,
        "needs": optional(list_of(text(200)), []),
        "set_up": Key(SENTENCES),
        "movement": Key(SENTENCES),
        "cues": Key(SENTENCES),
        "feel": MAYBE_PROSE,
        "in_your_day": MAYBE_PROSE,
        "equipment": CITED,
        "sources": CITED,
        "clinic_default": MAYBE_PROSE,
        "note": MAYBE_PROSE,
    },
    {"watch_for": WATCH_FOR},
)

REMEDY = ContentTable(
    {"drill": REFERENCE, "reason": PROSE, "source": optional(SLUG, None)}, name="drill"
)

FAULT = ContentTable(
    {
        "slug": REFERENCE,
        "name": NAME,
        "plain_name": NAME,
        "looks_like": PROSE,
        "why": MAYBE_PROSE,
        "what_to_do": PROSE,
        "patient_words": PROSE,
        "sources": CITED,
        "clinic_default": MAYBE_PROSE,
    },
    {"remedy": REMEDY},
)

CHECKLIST = ContentTable({"text": PROSE, "note": MAYBE_PROSE, "sources": CITED}, name="text")

GUIDE = ContentTable(
    {
        "slug": REFERENCE,
        "title": NAME,
        "text": Key(SENTENCES),
        "for_clinicians": NO,
        "sources": CITED,
    }
)

LADDER = ContentTable(
    {
        "slug": REFERENCE,
        "edition": Key(number(1, 1000)),
        "name": NAME,
        "summary": MAYBE_PROSE,
        "draft": NO,
        "from": MAYBE_SHORT,
        "words": optional(WORDS, None),
        "faults": optional(SLUGS, None),
        "asks": optional(list_of(text(50)), []),
    },
    {"checklist": CHECKLIST, "guide": GUIDE},
)

LEVEL = ContentTable(
    {
        "slug": REFERENCE,
        "position": Key(number(1, 100)),
        "drill": REFERENCE,
        "setting": MAYBE_SHORT,
        "helper": NO,
        "home": YES,
        "move_on": MAYBE_PROSE,
        "sets": Key(number(1, 10)),
        "reps": Key(number(1, 50)),
        "reps_to": optional(number(1, 50), None),
        "seconds": optional(number(1, 60), None),
        "rest": optional(number(0, 600), None),
        "days": Key(DAYS),
        "dose_source": optional(SLUG, None),
        "source_dose": MAYBE_SHORT,
        "dose_note": MAYBE_SHORT,
        "goals": optional(RANGES, {}),
    }
)

CRITERION = ContentTable(
    {
        "slug": REFERENCE,
        "position": Key(number(1, 100)),
        "text": PROSE,
        "plain_text": PROSE,
        "hint": MAYBE_SHORT,
        "figures": optional(list_of(one_of(FIGURES)), None),
        "hours_after": optional(number(1, 1000), None),
        "set_aside_when": MAYBE_PROSE,
        "placement_reps": optional(number(1, 50), 5),
        "always": NO,
        "placement_text": MAYBE_PROSE,
        "sources": CITED,
        "clinic_default": MAYBE_SHORT,
    }
)

RUNG = ContentTable(
    {
        "slug": REFERENCE,
        "position": Key(number(1, 100)),
        "loaded": Key(YES_NO),
        "name": NAME,
        "plain_name": NAME,
        "purpose": PROSE,
        "when_to_use": PROSE,
        "note": MAYBE_PROSE,
    },
    {"level": LEVEL, "criterion": CRITERION},
)

CAUTION = ContentTable(
    {
        "drill": REFERENCE,
        "level": optional(text(101), None),
        "deepest": optional(one_of(["free", "fixed"]), None),
        **{kind: optional(LINES, {}) for kind in KINDS},
        "clear": optional(list_of(text(50)), []),
    },
    name="drill",
)

VARIANT = ContentTable(
    {
        "key": REFERENCE,
        "drills": Key(list_of(SLUG, least=1)),
        "name": NAME,
        "helps": Key(list_of(text(50))),
        "deepest": optional(one_of(["free", "fixed"]), None),
        "set_up": Key(SENTENCES),
        "cue": PROSE,
        "gate": MAYBE_PROSE,
        "leave_out": optional(list_of(text(50)), []),
        "source": MAYBE_SHORT,
    },
    name="key",
)

TABLES = {
    "source": SOURCE,
    "equipment": EQUIPMENT,
    "drill": DRILL,
    "fault": FAULT,
    "ladder": LADDER,
    "rung": RUNG,
    "caution": CAUTION,
    "variant": VARIANT,
}
