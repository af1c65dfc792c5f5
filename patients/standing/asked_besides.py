"""The red flags that a ladder asks besides those of everybody, and which are left to ask."""

from __future__ import annotations

from curriculum.models import Ladder
from curriculum.screening import red_flags
from patients.models import Patient, Screening, ScreeningAnswer, ScreeningItem


def answered_besides(screening: Screening | None) -> dict[str, str]:
    """The answers of a screening to red flags of ladders, by key; those that were not asked apart.
    None = never screened."""
    if screening is None:
        return {}
    of_ladders = [key for key, flag in red_flags().items() if flag.of_a_ladder]
    rows = ScreeningItem.objects.filter(screening=screening, key__in=of_ladders)
    answered = rows.exclude(answer=ScreeningAnswer.NOT_ASKED)
    return dict(answered.values_list("key", "answer"))


def left_to_ask(patient: Patient, ladder: Ladder) -> list[str]:
    """The red flags of a ladder that the latest screening did not ask, as a clinician reads them.

    Somebody who was never screened is asked all of them with the first screening.
    """
    latest = Screening.objects.newest_of(patient).first()
    if latest is None or not ladder.asks:
        return []
    answered = answered_besides(latest)
    known = red_flags()
    return [known[key].term for key in ladder.asks if key in known and key not in answered]
