"""Stops of Maya, answers to them, and answers taken back, made by verbs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from patients.models import Stop, StopAnswer
from patients.verbs import reports as report_verbs
from patients.verbs import stops as stop_verbs
from tests.cast import Cast
from tests.patients import acts


def told(cast: Cast, *kinds: str, **said: Any) -> Stop:
    """What a patient tells of makes stops; the worst of them."""
    shared: dict[str, Any] = {
        "patient": cast.maya,
        "by": cast.maya.user,
        "client_id": acts.new_id(),
    }
    sides = dict.fromkeys({"numb", "below_knee"}.intersection(kinds), "left")
    report_verbs.report(**shared | {"kinds": kinds, "sides": sides} | said)
    worst: Stop = Stop.objects.unanswered().worst_first()[0]
    return worst


def answer_stop(cast: Cast, stop: Stop, action: str = "carry_on", **said: Any) -> StopAnswer:
    given = {"word": "Gently."} | (acts.SEEN if stop.asks_contact else {}) | said
    if not stop.is_urgent:
        given.pop("outcome", None)
    return stop_verbs.answer(stop=stop, by=cast.elin, action=action, **given)


def lower(cast: Cast) -> dict[str, Any]:
    return {"level": acts.level(cast.plan), "until": cast.harbour.today() + timedelta(days=3)}


def undo(cast: Cast, answer: StopAnswer) -> list[Stop]:
    return stop_verbs.undo_answer(answer=answer, by=cast.elin)
