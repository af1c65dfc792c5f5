"""Which red flags of the screening a stop told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from patients.models import Side, Stop, Symptom

#: What a patient ticks, and the red flags that it can be.
FLAGS: dict[str, tuple[str, ...]] = {
    Symptom.SADDLE: ("saddle",),
    Symptom.BLADDER: ("bladder",),
    Symptom.BOWEL: ("bowel",),
    Symptom.WEAK: ("weakness",),
    Symptom.NUMB: ("numb_leg",),
    Symptom.FEVER: ("infection",),
    Symptom.FALL: ("fracture",),
    Symptom.OTHER_NOW: ("aorta", "clot"),
    Symptom.CALF: ("clot",),
}
#: Of a sign in both legs.
BOTH_LEGS = "both_legs"
_IN_LEGS = {Symptom.NUMB, Symptom.BELOW_KNEE}


def told_flags(stops: Iterable[Stop]) -> list[str]:
    """The red flags by key, each once."""
    return list(dict.fromkeys(key for stop in stops for key in _of_stop(stop)))


def _of_stop(stop: Stop) -> Iterator[str]:
    if stop.report is None:
        yield from FLAGS.get(stop.practice.leg if stop.practice and stop.practice.leg else "", ())
        return
    for row in stop.report.kinds:
        yield from FLAGS.get(row["kind"], ())
        if row["kind"] in _IN_LEGS and row["side"] == Side.BOTH:
            yield BOTH_LEGS
