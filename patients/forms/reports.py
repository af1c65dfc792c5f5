"""What a patient tells under "How is it today?", and beside a log.

It is a plain value, not a Django form: nothing of it is ever refused. What cannot be read counts
as not told, and a number that cannot be is kept among the words.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from django.http import QueryDict

from accounts.parsing import two_digits
from curriculum.symptoms import texts
from patients.models import Report, ReportUrgency, Side, Since, Symptom
from patients.models.reports import SIDED, Sign
from patients.rules import guards
from patients.standing import symptoms

PREFIX = "side-"


class Box(NamedTuple):
    """A symptom that somebody ticks.

    ``sided``: whether it asks for a side; ``growing``: whether it asks if it gets worse
    ``worst``: its urgency while nothing more is told; ``mildest``: of one side and not growing
    """

    kind: str
    text: str
    sided: bool
    sides: Sequence[tuple[str, str]]
    growing: bool
    worst: ReportUrgency
    mildest: ReportUrgency


def boxes(*, fragile: bool) -> list[Box]:
    """Every box. ``fragile``: whether a fall is a doctor's matter the same day."""
    return [_box(kind, text.box, fragile) for kind, text in texts().symptoms.items()]


def _box(kind: str, text: str, fragile: bool) -> Box:
    sides = [] if kind not in SIDED else Side.choices
    if kind == Symptom.CALF:
        sides = [pair for pair in sides if pair[0] != Side.BOTH]
    one_side = [Sign(kind, Side.LEFT, growing=False)]
    return Box(
        kind,
        text,
        bool(sides),
        [(value, str(label)) for value, label in sides],
        kind == Symptom.WEAK,
        symptoms.weigh([Sign(kind)], fragile=fragile).urgency,
        symptoms.weigh(one_side, fragile=fragile).urgency,
    )


@dataclass(frozen=True)
class BoxRow:
    """A box as the page shows it."""

    box: Box
    ticked: bool
    side: str


@dataclass
class Told:
    """Every answer as text. An empty text means that there is no answer. It never means 0."""

    client_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    pain: str = ""
    kinds: Sequence[str] = ()
    sides: dict[str, str] = field(default_factory=dict)
    growing: str = ""
    since: str = ""
    words: str = ""
    fragile: bool = False
    sinces: ClassVar[list[tuple[str, Any]]] = Since.choices

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the body is told."""
        return not (self.pain or self.kinds or self.words.strip())

    @property
    def rows(self) -> list[BoxRow]:
        return [
            BoxRow(box, box.kind in self.kinds, self.sides.get(box.kind, ""))
            for box in boxes(fragile=self.fragile)
        ]

    def arguments(self) -> dict[str, Any]:
        """The arguments of the verb ``reports.report``."""
        number = two_digits(self.pain)
        return {
            "client_id": self.client_id,
            "pain": number if number is not None else self.pain or None,
            "kinds": self.kinds,
            "sides": self.sides,
            "growing": {"yes": True, "no": False}.get(self.growing),
            "since": self.since,
            "words": self.words,
        }


def of_report(report: Report) -> Told:
    """What a report tells, as its boxes were ticked."""
    words = {True: "yes", False: "no", None: "unsure"}
    growing = [words[sign.growing] for sign in report.signs if sign.kind == Symptom.WEAK]
    return Told(
        "",
        kinds=[sign.kind for sign in report.signs],
        sides={sign.kind: sign.side for sign in report.signs if sign.side},
        growing="".join(growing),
        since=report.since,
        words=report.words,
    )


def typed(post: QueryDict) -> Told:
    """The answers as the patient sent them. A side that was chosen ticks its box."""
    sides = {
        kind: side for kind in Symptom.values if (side := post.get(PREFIX + kind)) in Side.values
    }
    ticked = {*post.getlist("kind"), *sides}
    return Told(
        client_id=guards.form_number(post.get("client_id", "")),
        pain=post.get("pain", "").strip(),
        kinds=[kind for kind in Symptom.values if kind in ticked],
        sides=sides,
        growing=post.get("growing", ""),
        since=post.get("since", ""),
        words=post.get("words", ""),
    )
