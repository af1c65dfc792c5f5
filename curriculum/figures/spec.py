"""Reads one table of the curriculum's content into a Figure."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast, get_args

from curriculum.figures.anatomy import body_parts
from curriculum.figures.body import Body, blend
from curriculum.figures.cues import CUES, ring
from curriculum.figures.equipment import EQUIPMENT, Drawing
from curriculum.figures.frontal import FrontalPose, blend_frontal, frontal_parts, read_frontal
from curriculum.figures.people import ANYBODY, Person
from curriculum.figures.poses import Frame, Pose, PostureError, read_pose
from curriculum.figures.shapes import LAYERS, Part

Table = Mapping[str, Any]
Audience = Literal["patient", "clinician"]
Moment = Literal["start", "end"]
View = Literal["side", "rear", "front"]
Tempo = Literal["even", "jerky", "swing"]
Hand = Literal["open", "grip"]
Arms = Literal["free", "between", "across"]
Knees = Literal["free", "together"]

KEYS = {
    "title",
    "description",
    "both",
    "start",
    "end",
    "middle",
    "props",
    "cues",
    "hand",
    "far_hand",
    "arms",
    "show",
    "mark",
    "view",
    "loaded",
    "tempo",
    "balance",
    "knees",
}


@dataclass(frozen=True, slots=True)
class DrawnItem:
    """A thing to draw around the body, by its name and its options."""

    name: str
    draw: Drawing
    options: tuple[tuple[str, Any], ...]

    def parts(self, body: Body) -> list[Part]:
        return self.draw(body, **dict(self.options))


@dataclass(frozen=True, slots=True)
class Figure:
    """One movement, ready to draw.

    start, end: its two postures
    middle: the posture half way, when it does not lie between them
    show: which of them a still picture shows
    mark: where a clinician should look
    arms: "between" the legs, or the far one "across" the chest
    loaded: a kettlebell is in the hand, in the view from the front
    person: who is drawn
    balance: between how many cm ahead of the near ankle the centre of mass stays, when not as usual
    knees: "together" all the way
    """

    title: str
    description: str
    start: Pose | FrontalPose
    end: Pose | FrontalPose
    middle: Pose | None = None
    props: tuple[DrawnItem, ...] = ()
    cues: tuple[DrawnItem, ...] = ()
    hand: Hand = "open"
    far_hand: Hand = "open"
    arms: Arms = "free"
    show: Moment = "end"
    mark: tuple[Frame, float, float] | None = None
    view: View = "side"
    loaded: bool = False
    tempo: Tempo = "even"
    person: Person = ANYBODY
    balance: tuple[float, float] | None = None
    knees: Knees = "free"

    def pose(self, share: float) -> Pose | FrontalPose:
        """The posture `share` (0 to 1) of the way from start to end."""
        if isinstance(self.start, FrontalPose) and isinstance(self.end, FrontalPose):
            return blend_frontal(self.start, self.end, share)
        first = cast("Pose", self.start)
        last = cast("Pose", self.end)
        if self.middle is None:
            return blend(first, last, share)
        if share < 0.5:
            return blend(first, self.middle, share * 2)
        return blend(self.middle, last, share * 2 - 1)

    def parts(
        self, pose: Pose | FrontalPose, *, audience: Audience, cues: bool = True
    ) -> list[Part]:
        """Everything in the picture of one posture, in drawing order."""
        if isinstance(pose, FrontalPose):
            parts = frontal_parts(pose, self.view, self.loaded, self.person)
        else:
            body = Body(pose)
            parts = body_parts(body, self.hand, self.far_hand, self.arms, self.person)
            for item in (*self.props, *(self.cues if cues else ())):
                parts += item.parts(body)
            if self.mark is not None and audience == "clinician":
                parts += ring(body, *self.mark)
        return sorted(parts, key=lambda part: LAYERS.index(part.layer))


@cache
def signature(draw: Drawing) -> inspect.Signature:
    """What a drawing takes. Reading it from the code takes long."""
    return inspect.signature(draw)


def _items(value: Any, drawings: Mapping[str, Drawing], kind: str) -> tuple[DrawnItem, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise PostureError(f"{kind}: expected a list, got {value!r}")
    items = []
    for entry in value:
        options = {"type": entry} if isinstance(entry, str) else dict(entry)
        name = str(options.pop("type", ""))
        if name not in drawings:
            raise PostureError(f"{kind}: unknown {name!r}, there are {', '.join(drawings)}")
        draw = drawings[name]
        try:
            signature(draw).bind(None, **options)
        except TypeError as error:
            raise PostureError(f"{kind}: {name}: {error}") from error
        items.append(DrawnItem(name, draw, tuple(sorted(options.items()))))
    return tuple(items)


def _choice(table: Table, key: str, choices: tuple[str, ...]) -> str:
    value = table.get(key, choices[0])
    if value not in choices:
        raise PostureError(f"{key}: expected one of {', '.join(choices)}, got {value!r}")
    return str(value)


def _mark(value: Any) -> tuple[Frame, float, float] | None:
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 3 and value[0] in get_args(Frame):
        return cast("Frame", value[0]), float(value[1]), float(value[2])
    raise PostureError(f"mark: expected [frame, x, y], got {value!r}")


def _balance(value: Any) -> tuple[float, float] | None:
    if value is None:
        return None
    cm = value.get("cm") if isinstance(value, Mapping) else None
    why = value.get("why") if isinstance(value, Mapping) else None
    if isinstance(cm, list) and len(cm) == 2 and isinstance(why, str) and why.strip():
        return float(cm[0]), float(cm[1])
    raise PostureError(f'balance: expected {{ cm = [low, high], why = "..." }}, got {value!r}')


def _words(table: Table, key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise PostureError(f"{key}: says in words what is seen, and is missing")
    return value


def _postures(
    table: Table, fault: Table, view: str
) -> tuple[Pose | FrontalPose, Pose | FrontalPose]:
    both = table.get("both", {})
    wrong = fault.get("both", {})
    if view != "side":
        return read_frontal(wrong, fault.get("start", {})), read_frontal(
            wrong, fault.get("end", {})
        )
    for moment in ("start", "end"):
        if not isinstance(table.get(moment), Mapping):
            raise PostureError(f"{moment}: a table of joint angles is missing")
    first, last = (
        read_pose(
            _base(table[moment]), both, without_base(table[moment]), wrong, fault.get(moment, {})
        )
        for moment in ("start", "end")
    )
    return first, last


def _middle(table: Table, fault: Table) -> Pose | None:
    both = table.get("both", {})
    own = {**table.get("middle", {}), **fault.get("middle", {})}
    return read_pose(_base(own), both, without_base(own), fault.get("both", {})) if own else None


def _base(table: Table) -> Table:
    return {"base": table["base"]} if "base" in table else {}


def without_base(table: Table) -> Table:
    return {key: value for key, value in table.items() if key != "base"}


def _known(*tables: Table) -> None:
    unknown = sorted({key for table in tables for key in table} - KEYS)
    if unknown:
        raise PostureError(
            f"unknown key {', '.join(map(repr, unknown))}, there are {', '.join(sorted(KEYS))}"
        )


def read_figure(table: Table, fault: Table | None = None) -> Figure:
    """The Figure of a drill's or a level's table, or of a fault on it.

    A fault's table replaces values of the drill's table.

    Raises PostureError with a sentence that says what is wrong.
    """
    wrong: Table = fault or {}
    _known(table, wrong)
    view = _choice(wrong, "view", get_args(View))
    start, end = _postures(table, wrong, view)
    merged = {**table, **wrong}
    if fault is not None:
        merged |= {
            "title": wrong.get("title"),
            "description": wrong.get("description"),
            "cues": wrong.get("cues", []),
        }
    hand = _choice(merged, "hand", get_args(Hand))
    return Figure(
        title=_words(merged, "title"),
        description=_words(merged, "description"),
        start=start,
        end=end,
        middle=_middle(table, wrong) if view == "side" else None,
        props=_items(merged.get("props", []), EQUIPMENT, "props"),
        cues=_items(merged.get("cues", []), CUES, "cues"),
        hand=cast("Hand", hand),
        far_hand=cast("Hand", _choice({"far_hand": hand, **merged}, "far_hand", get_args(Hand))),
        arms=cast("Arms", _choice(merged, "arms", get_args(Arms))),
        show=cast("Moment", _choice({"show": "end", **merged}, "show", get_args(Moment))),
        mark=_mark(wrong.get("mark")),
        view=cast("View", view),
        loaded=bool(merged.get("loaded", False)),
        tempo=cast("Tempo", _choice(merged, "tempo", get_args(Tempo))),
        balance=_balance(merged.get("balance")),
        knees=cast("Knees", _choice(merged, "knees", get_args(Knees))),
    )
