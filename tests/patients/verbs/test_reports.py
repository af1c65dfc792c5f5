"""What a patient tells of their body is kept, on any day, and the right people hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from patients.models import Message, Outbox, Patient, Plan, Report, Stop
from patients.standing.red_flags import told_flags
from patients.summaries import verify
from patients.verbs import gate as gate_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.telling import told

ONE_DAY = timedelta(days=1)


def waiting(patient: Patient) -> list[str]:
    return [stop.cause for stop in Stop.objects.unanswered().filter(patient=patient).worst_first()]


@pytest.mark.parametrize(
    ("kinds", "said", "urgency", "causes"),
    [
        (["saddle"], {}, "now", ["now"]),
        (["weak"], {"side": "left", "growing": True}, "now", ["now"]),
        (["weak"], {"side": "left", "growing": False}, "today", ["today"]),
        (["weak"], {}, "now", ["now"]),
        (["numb"], {"side": "right"}, "soon", ["numb"]),
        (["below_knee"], {"side": "right"}, "soon", ["below_knee"]),
        (["fever", "below_knee"], {"side": "left"}, "today", ["today", "below_knee"]),
        (["other"], {"words": "My knee clicks."}, "note", []),
        ([], {"pain": 3}, "none", []),
    ],
)
def test_each_report_waits_for_whom_it_needs(
    cast: Cast, kinds: Sequence[str], said: dict[str, Any], urgency: str, causes: list[str]
) -> None:
    row = told(cast.maya, *kinds, **said)
    assert (row.urgency, waiting(cast.maya)) == (urgency, causes)
    assert list(verify.differences()) == []


def test_somebody_without_a_plan_or_long_finished_is_heard_too(cast: Cast) -> None:
    told(cast.tomas, "saddle")
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    told(cast.maya, "saddle")
    for patient in (cast.tomas, cast.maya):
        (stop,) = Stop.objects.unanswered().filter(patient=patient)
        assert (stop.cause, stop.plan, stop.urgency) == ("now", None, "now")
        patient.summary.refresh_from_db()
        assert patient.summary.get_rank_display() == "Stopped: emergency"
        mailed = {mail.to for mail in Outbox.objects.filter(patient=patient)}
        assert mailed == {cast.elin, cast.omar, cast.petra}
        stop_verbs.answer(stop=stop, by=cast.omar, action="carry_on", **acts.SEEN)
    assert not Stop.objects.unanswered().exists()


def test_the_same_form_sent_twice_is_told_once(cast: Cast) -> None:
    first, again = (told(cast.maya, "numb", side="left", client_id="a") for _ in range(2))
    assert first == again
    assert Report.objects.count() == Stop.objects.count() == 1
    assert told(cast.tomas, "numb", side="left", client_id="a") != first


def test_the_same_form_with_other_content_corrects_what_it_told(cast: Cast) -> None:
    first = told(cast.maya, "below_knee", side="left", client_id="a", pain=9)
    assert waiting(cast.maya) == ["pain", "below_knee"]
    second = told(cast.maya, "numb", side="left", client_id="a", pain=2)
    assert second.takes_back == first
    assert waiting(cast.maya) == ["numb"]
    assert told(cast.maya, "numb", side="left", client_id="a", pain=2) == second
    # The side is corrected: it is one leg, not two.
    third = told(cast.maya, "numb", side="right", client_id="a", pain=2)
    assert (third.urgency, third.takes_back) == ("soon", second)
    assert waiting(cast.maya) == ["numb"]
    assert list(verify.differences()) == []


def test_what_somebody_else_told_in_the_same_form_is_told_by_both(cast: Cast) -> None:
    told(cast.maya, pain=9, client_id="a", by=cast.elin)
    hers = told(cast.maya, pain=9, client_id="a")
    assert hers.by == cast.maya.user
    assert told(cast.maya, pain=9, client_id="a") == hers
    assert waiting(cast.maya) == ["pain"]


@pytest.mark.parametrize(
    ("before", "after", "same"), [(6, 7, True), (9, 9, True), (9, 8, True), (7, 9, False)]
)
def test_a_stop_for_pain_waits_on_unless_the_pain_is_worse_than_it_says(
    cast: Cast, before: int, after: int, same: bool
) -> None:
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=2)
    told(cast.maya, client_id="a", pain=before, words="First.")
    first = Stop.objects.unanswered().get()
    told(cast.maya, client_id="a", pain=after, words="Then.")
    left = Stop.objects.unanswered().get()
    assert (left == first) is same
    assert left.high is (max(before, after) >= 8)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"pain": 11},
        {"pain": "9"},
        {"asked": "never"},
        {"since": "1999"},
        {"side": "up"},
        {"growing": None},
        {"day": timezone.now().date() + timedelta(days=400)},
        {"words": "numb\x00" * 3000},
        {"client_id": ""},
        {"client_id": "x" * 900},
        {"client_id": "\n"},
    ],
)
def test_nothing_else_that_is_wrong_keeps_a_report_out(
    cast: Cast, nonsense: dict[str, Any]
) -> None:
    row = told(cast.maya, "weak", **nonsense)
    assert (row.urgency, waiting(cast.maya)) == ("now", ["now"])
    assert row.day <= cast.harbour.today()
    if "pain" in nonsense:
        assert (row.pain, row.words) == (None, f"Pain: {nonsense['pain']}")


def test_only_an_unknown_box_and_somebody_elses_hand_are_refused(cast: Cast) -> None:
    with refused("unknown_symptom"):
        told(cast.maya, "weak", "cough")
    for by in (cast.tomas.user, cast.ines):
        with refused("not_the_patient"):
            told(cast.maya, "weak", by=by)
    assert told(cast.maya, "weak", by=cast.omar).by == cast.omar


def test_something_else_and_words_without_a_box_are_messages(cast: Cast) -> None:
    row = told(cast.maya, "other", words="My knee clicks.")
    message = Message.objects.get()
    assert (message.text, message.report, message.plan) == ("My knee clicks.", row, cast.plan)
    told(cast.tomas, words="I could not pee this morning.")
    theirs = Message.objects.get(patient=cast.tomas)
    assert (theirs.plan, theirs.read_first) == (None, True)
    told(cast.noor, "other")
    assert Message.objects.get(patient=cast.noor).text == "Something else"
    for patient, rank in ((cast.maya, "Message"), (cast.tomas, "Message to read first")):
        patient.summary.refresh_from_db()
        assert patient.summary.get_rank_display() == rank


def test_numb_left_and_later_numb_right_is_an_emergency(cast: Cast) -> None:
    told(cast.maya, "numb", side="left")
    assert told(cast.maya, "numb", side="right").urgency == "now"
    assert waiting(cast.maya) == ["now", "numb"]


def test_an_answered_or_taken_back_leg_does_not_count_with_the_next(cast: Cast) -> None:
    first = told(cast.maya, "numb", side="left")
    stop_verbs.answer(stop=first.stops.get(), by=cast.elin, action="carry_on", **acts.SEEN)
    second = told(cast.maya, "numb", side="right")
    assert second.urgency == "soon"
    report_verbs.take_back(report=second, by=cast.maya.user, client_id="b")
    assert told(cast.maya, "numb", side="left").urgency == "soon"


def test_a_fall_is_a_doctors_matter_today_where_the_screening_says_thin_bones(cast: Cast) -> None:
    assert told(cast.maya, "fall").urgency == "soon"
    items = dict.fromkeys(["osteoporosis"], "yes") | dict.fromkeys(_red_flags(), "no")
    screening_verbs.screen(patient=cast.tomas, by=cast.elin, items=items)
    assert told(cast.tomas, "fall").urgency == "today"


def _red_flags() -> list[str]:
    from curriculum import screening

    return list(screening.red_flags())


@pytest.mark.parametrize(
    ("pain", "logged", "kinds", "cause", "high"),
    [
        (3, False, [], None, False),
        (6, False, [], "flare", False),
        (8, False, [], "pain", True),
        (6, True, [], "pain", False),
        (6, False, ["other"], "pain", False),
    ],
)
def test_pain_told_on_any_day_is_looked_at(
    cast: Cast, pain: int, logged: bool, kinds: list[str], cause: str | None, high: bool
) -> None:
    if logged:
        acts.log(cast.plan, pain=1)
    told(cast.maya, *kinds, pain=pain)
    assert [(stop.cause, stop.high) for stop in Stop.objects.all()] == (
        [(cause, high)] if cause else []
    )


def test_a_mistake_is_taken_back_the_same_day_and_what_is_urgent_still_waits(cast: Cast) -> None:
    row = told(cast.maya, "weak", "below_knee", side="left", growing=False, pain=9)
    assert waiting(cast.maya) == ["today", "pain", "below_knee"]
    back = report_verbs.take_back(report=row, by=cast.maya.user, client_id="back")
    assert (back.takes_back, back.urgency, back.kinds) == (row, "none", [])
    assert waiting(cast.maya) == ["today"]
    (stop,) = Stop.objects.unanswered()
    assert stop.taken_back
    lifted = Stop.objects.exclude(answer=None)
    assert {stop.answer.action for stop in lifted} == {"corrected"}
    assert report_verbs.take_back(report=row, by=cast.maya.user, client_id="again") == back
    assert list(verify.differences()) == []


def test_what_was_told_on_another_day_stays(cast: Cast) -> None:
    row = told(cast.maya, "below_knee", side="left")
    with time_machine.travel(timezone.now() + ONE_DAY), refused("report_of_another_day"):
        report_verbs.take_back(report=row, by=cast.maya.user, client_id="late")
    with refused("not_the_patient"):
        report_verbs.take_back(report=row, by=cast.noor.user, client_id="theirs")


def test_nothing_is_ticked_over_an_urgent_report_and_nothing_passed_over_any(cast: Cast) -> None:
    def tick() -> None:
        gate_verbs.tick(plan=cast.plan, criterion=acts.criteria(cast.plan, 1)[0], by=cast.elin)

    row = told(cast.maya, "below_knee", side="left")
    acts.tick_all(cast.plan, 1, cast.elin)
    with refused("stop_unanswered"):
        acts.decide(cast.plan, 1, cast.elin)
    report_verbs.take_back(report=row, by=cast.maya.user, client_id="back")
    gate_verbs.untick(plan=cast.plan, criterion=acts.criteria(cast.plan, 1)[0], by=cast.elin)
    told(cast.maya, "fever")
    with refused("stop_unanswered"):
        tick()
    with refused("stop_unanswered"):
        plan_verbs.end(plan=Plan.objects.get(pk=cast.plan.pk), by=cast.elin)
    with refused("stop_unanswered"):
        people_verbs.discharge(patient=cast.maya, by=cast.elin)


def test_nobody_without_a_plan_leaves_while_a_report_waits(cast: Cast) -> None:
    told(cast.tomas, "numb", side="left")
    with refused("stop_unanswered"):
        people_verbs.discharge(patient=cast.tomas, by=cast.elin)


def test_the_worst_of_several_comes_first_and_the_clinic_lists_who_has_it(cast: Cast) -> None:
    told(cast.maya, "below_knee", side="left")
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.get_rank_display() == "Pain below the knee"
    told(cast.maya, pain=6)
    told(cast.maya, pain=9)
    told(cast.maya, "fall")
    told(cast.maya, "fever")
    told(cast.maya, "bowel")
    assert waiting(cast.maya) == ["now", "today", "fall", "pain", "flare", "below_knee"]
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.get_rank_display() == "Stopped: emergency"


def test_long_words_are_kept_up_to_5000_letters(cast: Cast) -> None:
    row = report_verbs.report(
        patient=cast.maya, by=cast.maya.user, client_id="1", kinds=["other"], words="x" * 5001
    )
    assert row.words == "x" * 5000


def test_only_of_weakness_is_kept_whether_it_grows(cast: Cast) -> None:
    row = told(cast.maya, "weak", "numb", side="left", growing=True)
    assert {kind["kind"]: kind["growing"] for kind in row.kinds} == {"weak": True, "numb": None}


@pytest.mark.parametrize("pain", [-1, 11, "seven", True])
def test_a_number_that_cannot_be_is_kept_in_words(cast: Cast, pain: Any) -> None:
    row = told(cast.maya, pain=pain, words="It hurts.")
    assert row.pain is None
    assert row.words == f"It hurts.\nPain: {pain}"


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_sign_in_one_leg_is_no_red_flag_of_both(cast: Cast, side: str) -> None:
    told(cast.maya, "numb", side=side)
    assert "both_legs" not in told_flags(Stop.objects.unanswered())
    told(cast.maya, "numb", side="both")
    assert "both_legs" in told_flags(Stop.objects.unanswered())


def test_pain_or_a_sign_alone_is_no_message_but_words_without_a_box_are(cast: Cast) -> None:
    told(cast.maya, pain=3)
    told(cast.maya, "numb", side="left")
    told(cast.maya, "numb", side="left", words="Since noon.")
    assert not Message.objects.exists()
    told(cast.maya, words="My shoe is tight.")
    assert Message.objects.get().text == "My shoe is tight."
