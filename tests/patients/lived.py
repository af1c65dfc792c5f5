"""Makes a plan with a history, by verbs: at least one row in every table that keeps a history."""

from __future__ import annotations

from datetime import time, timedelta

import time_machine
from django.utils import timezone

from accounts import audit
from curriculum.figures.people import Person
from curriculum.screening import red_flags
from patients.models import Practice
from patients.verbs import activities as activity_verbs
from patients.verbs import borrowing as borrowing_verbs
from patients.verbs import drawn as drawn_verbs
from patients.verbs import findings as finding_verbs
from patients.verbs import first_visit as visit_verbs
from patients.verbs import follow_up as follow_up_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import home_weights, practice_feeds, visits
from patients.verbs import letters as letter_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import pain_limits as limit_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import record_notes as record_note_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests.cast import Cast
from tests.patients import acts, borrowed
from trail import seals
from trail.models import Access


def live(cast: Cast) -> None:
    """Fill Maya's plan: gates, doses, practice, a stop and its answer, a pause, a message."""
    plan = cast.plan
    elin = cast.elin
    maya = cast.maya.user
    _usual_pain(cast)
    screening_verbs.screen(
        patient=cast.maya,
        by=elin,
        items=dict.fromkeys(red_flags(), "no") | {"falls": "yes", "pregnancy": "yes"},
    )
    gate_verbs.place(
        plan=plan, criteria=acts.criteria(plan, 1, 2), by=elin, note="Did this before."
    )
    gate_verbs.withdraw(
        plan=plan,
        rung=acts.rung(plan, 2),
        by=elin,
        reason="Lost after a long illness.",
        to_patient="We take this one again.",
    )
    acts.tick_all(plan, 2, elin)
    aside = acts.criteria(plan, 2)[0]
    gate_verbs.tick(plan=plan, criterion=aside, by=elin, applies=False, why="Holds a rail.")
    acts.decide(plan, 2, elin, "not_yet")
    plan_verbs.set_goal(plan=plan, goal_rung=acts.rung(plan, 5), by=elin)
    plan_verbs.set_goal(plan=plan, goal_rung=None, by=elin)
    _prescribe(cast)
    finding_verbs.note(plan=plan, by=elin, fault=plan.ladder.own_faults()[0])
    _borrow(cast)
    (lifting,) = activity_verbs.set_activities(
        patient=cast.maya, by=elin, words=["Lifting my grandson"]
    )
    activity_verbs.rate(patient=cast.maya, by=maya, scores={lifting.pk: 4})
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        report_verbs.report(patient=cast.maya, by=maya, client_id="b4", asked="before", pain=3)
        entry = acts.log(plan, pain=7, note="Too much.")
        practice_verbs.save_draft(plan=plan, level=acts.level(plan, 2), by=maya, sets=acts.TWO_SETS)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        _answer_and_pause(cast, entry)


def _borrow(cast: Cast) -> None:
    borrowed.lend(cast.plan, by=cast.elin, reason="The bench keeps the knees still.")
    borrowing_verbs.end_borrowed(plan=cast.plan, by=cast.elin)


def _prescribe(cast: Cast) -> None:
    """A dose with a word, and one of a drill to avoid with its reason; what is at home."""
    drawn_verbs.choose(patient=cast.maya, person=Person(hair="bun"), by=cast.maya.user)
    practice_feeds.make(patient=cast.maya, reminds_at=time(8), by=cast.maya.user)
    home_weights.tell(patient=cast.maya, by=cast.elin, kind="backpack", kilograms=[2, 3, 4])
    plan = cast.plan
    elin = cast.elin
    plan_verbs.prescribe(
        plan=plan, level=acts.level(plan, 2), by=elin, sets=2, reps=8, word="Slowly."
    )
    bridge = acts.rung(plan, 1).levels.get(slug="double-leg-bridge")
    plan_verbs.prescribe(
        plan=plan,
        level=bridge,
        by=elin,
        sets=1,
        reps=8,
        reason="Ten weeks after the birth.",
        variant="bed",
    )


def _usual_pain(cast: Cast) -> None:
    """It is told at the first visit, goes up, somebody sees it, and it comes down again."""
    visit_verbs.begin(patient=cast.maya, by=cast.elin)
    first = visits.plan(patient=cast.maya, by=cast.elin, day=cast.harbour.today())
    visits.mark(visit=first, by=cast.elin, state="kept")
    following = cast.harbour.today() + timedelta(days=7)
    visits.set_next(patient=cast.maya, by=cast.elin, day=following, time=time(9, 20))
    visit_verbs.keep(patient=cast.maya, by=cast.elin, step="story", fields={"goal": ["Garden"]})
    people_verbs.take_intake(patient=cast.maya, by=cast.elin, usual_pain=2)
    limit_verbs.set_own(
        patient=cast.maya, by=cast.elin, fine_to=4, stop_from=7, reason="A steady pain."
    )
    limit_verbs.end_own(patient=cast.maya, by=cast.elin)
    told = usual_pain_verbs.tell(patient=cast.maya, by=cast.maya.user, pain=5)
    usual_pain_verbs.see(told=told, by=cast.elin, word="A hard week at work.")
    usual_pain_verbs.tell(patient=cast.maya, by=cast.maya.user, pain=2)


def _answer_and_pause(cast: Cast, entry: Practice) -> None:
    """Add the morning after a stop, the physio's answer, a message, and days away."""
    plan = cast.plan
    maya = cast.maya.user
    until = cast.harbour.today() + timedelta(days=3)
    practice_verbs.answer_morning(practice=entry, by=maya, pain_now=6, worse=True)
    stop_verbs.could_not_reach(
        stop=entry.stops.earliest("pk"),
        by=cast.elin,
        try_again_at=timezone.now() + timedelta(hours=2),
        words="No answer.",
    )
    waiting = list(entry.stops.worst_first())
    mistaken = stop_verbs.answer(
        stop=waiting[0], by=cast.elin, covers=waiting, action="carry_on", word="Go on."
    )
    waiting = stop_verbs.undo_answer(answer=mistaken, by=cast.elin)
    stop_verbs.answer(
        stop=waiting[0],
        by=cast.elin,
        covers=waiting,
        action="lower",
        word="Gently.",
        level=acts.level(plan, 1),
        until=until,
    )
    follow_up_verbs.looked_again(
        patient=cast.maya, by=cast.elin, words="Walks well.", look_again_on=until
    )
    message_verbs.write(plan=plan, by=maya, text="Thank you.")
    report_verbs.report(
        patient=cast.maya, by=maya, client_id="told", kinds=["other"], words="A stiff neck."
    )
    plan_verbs.request_review(plan=plan, by=maya, words="Soon?")
    plan_verbs.pause(plan=plan, by=maya, until=until, reason="Away.")
    note = record_note_verbs.write(patient=cast.maya, by=cast.elin, text="Walks well.")
    record_note_verbs.put_right(note=note, by=cast.omar, text="Walks well, slowly.")
    _letters(cast)
    audit.record("looked", actor=cast.elin, subject=maya)
    _looked(cast)


def _looked(cast: Cast) -> None:
    Access.objects.create(
        actor=cast.elin,
        subject=cast.maya.user,
        act="opened",
        page="chart",
        hour=timezone.now(),
        address="10.1.2.3",
        device="Chrome",
    )
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        seals.seal_closed()


def _letters(cast: Cast) -> None:
    """One, and another in its place."""
    first = letter_verbs.write(
        patient=cast.maya,
        by=cast.elin,
        addressee="Dr Berg",
        why="As asked.",
        words="Hello.",
        text="Dear Dr Berg.",
    )
    letter_verbs.write(
        patient=cast.maya, by=cast.elin, addressee="Dr Berg", text="Hello.", takes_back=first
    )
