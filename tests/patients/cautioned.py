"""People by hand: what is true of each, and what that makes of every level of the ladder.

Of each rung one mark a level, from the bottom up: "." nothing, "w" watch, "l" limit, "A" avoid. The
last part are the helpers of the first rung. Read from the matrix and from the angles of the
figures, with no help of the program.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: The levels in the order of the marks. The third of the third rung is for the clinic alone.
LEVELS = (
    ("dowel-hinge",),
    ("5-cm", "15-cm", "20-cm", "25-cm", "30-cm"),
    ("against-knees", "two-to-five-cm", "rolling-stool"),
    ("bench-behind",),
    ("tall-kneel-band", "standing-band"),
    (
        "pull-through",
        "kettlebell-stool",
        "kettlebell-floor",
        "single-arm",
        "suitcase",
        "romanian",
    ),
    ("kickstand", "kickstand-lifted", "warrior"),
)
HELPERS = ("wall-touch", "plain-hinge", "double-leg-bridge", "tall-kneel-raise", "lat-engagement")
CLINIC_ALONE = "rolling-stool"


@dataclass(frozen=True)
class Cautioned:
    """Somebody with precautions. ``told``: by key, with what was written beside each."""

    who: str
    told: dict[str, dict[str, str]]
    marks: str
    rungs: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rungs", tuple(self.marks.split()))

    def mark(self, rung: int, level: str) -> str:
        """The mark of a level. ``rung``: its position."""
        if level in HELPERS:
            return self.rungs[7][HELPERS.index(level)]
        return self.rungs[rung - 1][LEVELS[rung - 1].index(level)]

    def avoided(self, rung: int) -> list[str]:
        """The levels of a rung that are to be avoided."""
        return [level for level in LEVELS[rung - 1] if self.mark(rung, level) == "A"]

    def first(self, rung: int) -> str | None:
        """The level with which a rung begins at home; None = none is left."""
        left = (level for level in LEVELS[rung - 1] if self.mark(rung, level) != "A")
        return next((level for level in left if level != CLINIC_ALONE), None)


def _one(who: str, marks: str, *keys: str, **fields: dict[str, str]) -> Cautioned:
    return Cautioned(who, {**{key: {} for key in keys}, **fields}, marks)


NOTHING = ". ..... ... . .. ...... ... ....."

PEOPLE = [
    _one("nothing on file, afraid of bending", NOTHING),
    _one("a nurse who lifts at work, on blood thinners", NOTHING, "blood_thinners"),
    _one("pregnant", "w wwwll www w ll llllll llA wwAw.", "pregnancy"),
    _one(
        "pregnant, pelvic floor",
        "w wwwll www w ll llllll llA wwAw.",
        "pregnancy",
        hernia_pelvic_floor={"large": "no"},
    ),
    _one("osteoporosis", "w wwwll www w ll llllll lll ww...", "osteoporosis"),
    _one(
        "osteoporosis and falls",
        "l wwwll wwA l ll llllll llA wlww.",
        "osteoporosis",
        "falls",
    ),
    _one("a fracture of the spine", "l lllAA lll l ll llAAAA llA llww.", "spine_fracture"),
    _one(
        "cancer, bone not known, and steroids",
        "w wwwll www w ll llllll lll ww...",
        "osteoporosis",
        cancer={"bone": "not known"},
    ),
    _one("cancer, never asked of bone", ". ..... ... . ll llllll wwl .....", "cancer"),
    _one("bone metastases", ". ..... ... . ll llllll wwl .....", cancer={"bone": "yes"}),
    _one("cancer treated, bone free", NOTHING, cancer={"bone": "no"}),
    _one(
        "a new hip, limit 90",
        ". ...wA www w lw l.AAAl wwA .w.l.",
        hip_limit={"degrees": "90", "side": "right"},
    ),
    _one("a hip limit without degrees", ". ...wA www w lw l.AAAl wwA .w.l.", "hip_limit"),
    _one("a hip, limit 70", "l ..wAA lll l ll l.AAAl llA wl.l.", hip_limit={"degrees": "70"}),
    _one("a hip, limit 100", ". ....w ... . w. w.AAAw ..A ...w.", hip_limit={"degrees": "100"}),
    _one("a hip, limit 120", ". ..... ... . .. ..A... ... .....", hip_limit={"degrees": "120"}),
    _one("both knees", ". ..... www . A. ..www. www ...A.", knees={"side": "both"}),
    _one("a frozen shoulder", "l ..... ... . .. llllll ..l ll..l", shoulder={"side": "left"}),
    _one("one arm", "l ..... ... . .. llllll ..l ll..l", "shoulder"),
    _one(
        "a new hip and a shoulder",
        "l ...wA www w lw llAAAl wwA ll.ll",
        "shoulder",
        hip_limit={"degrees": "90"},
    ),
    _one("blind, unsteady", "l wwwll wwA l wl lwwllw llA wlww.", "falls"),
    _one("hypermobile", ". ...ll ... l ww wwllll wll ..w..", "hypermobility"),
    _one("blood pressure, dizzy", ". ...ww www w ll llllll .wl .www.", "blood_pressure"),
    _one("heart disease", ". ..... ... . ll llllll ..w .....", "heart"),
    _one(
        "old: bones, heart, blood pressure",
        "w wwwll www w ll llllll lll wwww.",
        "osteoporosis",
        "heart",
        "blood_pressure",
    ),
    _one("a small hernia", ". ..... ... . ww llllll ... .....", hernia_pelvic_floor={}),
    _one(
        "a large hernia",
        ". ..... ... . ww AAAAAA ... .....",
        hernia_pelvic_floor={"large": "yes"},
    ),
    _one("a knee operated eight weeks ago", "l lllll lll l AA AAAAAA AAA llllw", "surgery"),
    _one("a back operated on", "w wwwll www w ll llAAAl llA wwww.", "spine_surgery"),
    _one("rheumatoid arthritis", ". ..... ... . ww wwwwww ... ...w.", "inflammatory"),
    _one("an old weak foot", "w wwwll www l .w wwllll wll ww...", "nerve_signs"),
]
