"""Symptoms in words: the boxes, what somebody says on the telephone, and reports for the clinic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _lazy

from patients.models import Report, Side, Since, Symptom
from patients.models.reports import SIDED, Sign

#: What stands beside each box, in their order.
TEXTS: dict[str, Any] = {
    Symptom.SADDLE: _lazy(
        "Numb or strange between your legs or around your bottom hole; toilet paper or sex feels "
        "different"
    ),
    Symptom.BLADDER: _lazy("Hard to start or stop peeing, cannot feel it, or leaking"),
    Symptom.BOWEL: _lazy("Cannot hold your poo, or cannot feel it"),
    Symptom.WEAK: _lazy("A leg is weak, or a foot drags"),
    Symptom.NUMB: _lazy("Numb or tingling in a leg"),
    Symptom.BELOW_KNEE: _lazy("Pain below the knee"),
    Symptom.FEVER: _lazy("Fever, shivering or feeling ill with it"),
    Symptom.FALL: _lazy("A bad fall or accident"),
    Symptom.OTHER_NOW: _lazy(
        "Chest pain, no breath, fainted, or a sudden tearing pain in tummy and back"
    ),
    Symptom.CALF: _lazy("One calf swollen, red or hot"),
    Symptom.OTHER: _lazy("Something else"),
}
#: What somebody says of themselves: without a side, or with one.
_ALOUD: dict[str, Any] = {
    Symptom.SADDLE: _lazy("it is numb or strange between my legs"),
    Symptom.BLADDER: _lazy("I have trouble with peeing"),
    Symptom.BOWEL: _lazy("I cannot hold or feel my poo"),
    Symptom.WEAK: _lazy("a leg is weak"),
    Symptom.NUMB: _lazy("a leg is numb or tingling"),
    Symptom.BELOW_KNEE: _lazy("I have pain below the knee"),
    Symptom.FEVER: _lazy("I have a fever or feel ill"),
    Symptom.FALL: _lazy("I had a bad fall or accident"),
    Symptom.OTHER_NOW: _lazy(
        "I have chest pain or no breath, or I fainted, or a tearing pain in tummy and back"
    ),
    Symptom.CALF: _lazy("a calf is swollen, red or hot"),
}
_ALOUD_OF_A_SIDE: dict[tuple[str, str], Any] = {
    (Symptom.WEAK, Side.LEFT): _lazy("my left leg is weak"),
    (Symptom.WEAK, Side.RIGHT): _lazy("my right leg is weak"),
    (Symptom.WEAK, Side.BOTH): _lazy("both my legs are weak"),
    (Symptom.NUMB, Side.LEFT): _lazy("my left leg is numb or tingling"),
    (Symptom.NUMB, Side.RIGHT): _lazy("my right leg is numb or tingling"),
    (Symptom.NUMB, Side.BOTH): _lazy("both my legs are numb or tingling"),
    (Symptom.BELOW_KNEE, Side.LEFT): _lazy("I have pain below my left knee"),
    (Symptom.BELOW_KNEE, Side.RIGHT): _lazy("I have pain below my right knee"),
    (Symptom.BELOW_KNEE, Side.BOTH): _lazy("I have pain below both knees"),
    (Symptom.CALF, Side.LEFT): _lazy("my left calf is swollen, red or hot"),
    (Symptom.CALF, Side.RIGHT): _lazy("my right calf is swollen, red or hot"),
}
SINCE: dict[str, Any] = {
    Since.TODAY: gettext_lazy("since today"),
    Since.WEEK: gettext_lazy("since this week"),
    Since.LONGER: gettext_lazy("for longer"),
}


def aloud(signs: Iterable[Sign], since: str) -> str:
    """What somebody says on the telephone: 'my left leg is weak and I have trouble with peeing,
    since today'. Empty without a symptom that has a name.

    ``since``: a code of ``Since``, or empty
    """
    said = list(dict.fromkeys(_aloud(sign) for sign in signs if sign.kind in _ALOUD))
    if not said:
        return ""
    words = _joined(said)
    return f"{words}, {SINCE[since]}" if since else words


def _aloud(sign: Sign) -> str:
    return str(_ALOUD_OF_A_SIDE.get((sign.kind, sign.side or ""), _ALOUD[sign.kind]))


def _joined(said: Sequence[str]) -> str:
    if len(said) == 1:
        return said[0]
    return _("{first} and {last}").format(first=", ".join(said[:-1]), last=said[-1])


def sign_in_words(sign: Sign) -> str:
    """'Weak leg, left, gets worse or drags'. A side that was not told is said to be so."""
    words: list[Any] = [Symptom(sign.kind).label]
    if sign.kind in SIDED:
        words.append(Side(sign.side).label if sign.side else _("side not told"))
    if sign.kind == Symptom.WEAK:
        words.append(_growing(sign))
    return ", ".join(str(word) for word in words)


def _growing(sign: Sign) -> str:
    if sign.growing is None:
        return _("not told if it gets worse")
    return _("gets worse or drags") if sign.growing else _("does not get worse")


def signs_in_words(signs: Iterable[Sign]) -> str:
    """Signs as one line: 'Weak leg, left, gets worse or drags; fever or feeling ill'."""
    return _one_line([sign_in_words(sign) for sign in signs])


def report_in_words(told: Report) -> list[str]:
    """Each thing that a report tells, for the clinic and for the patient, without their words."""
    lines = [sign_in_words(sign) for sign in told.signs]
    if told.kinds and told.since:
        lines.append(since_in_words(told))
    if told.pain is not None:
        lines.append(_("Pain {pain} of 10").format(pain=told.pain))
    return lines


def report_in_a_line(told: Report) -> str:
    """The same as one line: 'Numb or tingling leg, left; since today; pain 4 of 10'."""
    return _one_line(report_in_words(told))


def since_in_words(told: Report) -> str:
    """'Since this week'; empty when it was not told."""
    return capfirst(str(SINCE[Since(told.since)])) if told.since else ""


def _one_line(parts: Sequence[str]) -> str:
    return "; ".join([*parts[:1], *(part[:1].lower() + part[1:] for part in parts[1:])])
