"""Symptoms in words: what somebody says on the telephone, and reports for the clinic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.symptoms import texts
from patients.models import Report, Side, Since, Symptom
from patients.models.reports import SIDED, Sign

SINCE: dict[str, Any] = {
    Since.TODAY: gettext_lazy("since today"),
    Since.WEEK: gettext_lazy("since this week"),
    Since.LONGER: gettext_lazy("for longer"),
}


def aloud(told: Iterable[tuple[Iterable[Sign], str]]) -> str:
    """What somebody says on the telephone: 'I have trouble with peeing, since today, and my left
    leg is weak'. Empty without a symptom that has a name.

    ``told``: of each report its signs, and since when as a code of ``Since``, or empty. What has no
    such word comes last, so that none is heard of another's.
    """
    known = texts().symptoms
    said: dict[str, str] = {}
    for signs, since in told:
        for sign in signs:
            if words := known[sign.kind].said(sign.side):
                said[words] = said.get(words) or since
    parts = []
    for since in sorted(dict.fromkeys(said.values()), key=lambda code: not code):
        words = _joined([words for words, when in said.items() if when == since])
        parts.append(f"{words}, {SINCE[since]}" if since else words)
    return _(", and ").join(parts)


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
