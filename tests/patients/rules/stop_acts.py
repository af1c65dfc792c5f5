"""Acts about stops during which the disk fills up: see ``test_fault_injection``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

from django.utils import timezone

from patients.verbs import answer_undo, answers, tries
from patients.verbs import reports as report_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts

Act = Callable[[], Any]

MODULES: list[ModuleType] = [stop_verbs, answers, answer_undo, tries]


def _answering(cast: Cast) -> Act:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    stop = acts.log(cast.plan, pain=9).stops.get()
    level = acts.level(cast.plan, 1)
    return lambda: stop_verbs.answer(
        stop=stop, by=cast.elin, action="withdraw", level=level, word="Lost."
    )


def _taking_back_an_answer(cast: Cast) -> Act:
    told = report_verbs.report(
        patient=cast.maya, by=cast.maya.user, client_id="a", kinds=["bladder"], pain=9
    )
    worst, other = told.stops.worst_first()
    said: dict[str, Any] = {"action": "carry_on", "word": "Gently.", **acts.SEEN}
    answer = stop_verbs.answer(stop=worst, by=cast.elin, covers=[other], **said)
    return lambda: stop_verbs.undo_answer(answer=answer, by=cast.elin)


def _trying(cast: Cast) -> Act:
    stop = acts.log(cast.plan, leg="numb").stops.get()
    again = timezone.now() + timedelta(hours=2)
    return lambda: stop_verbs.could_not_reach(stop=stop, by=cast.elin, try_again_at=again)


ACTS: dict[str, Callable[[Cast], Act]] = {
    "answers.answer": _answering,
    "answer_undo.undo_answer": _taking_back_an_answer,
    "tries.could_not_reach": _trying,
}
