"""The pain before practice: asked when it says something, saved at once, and kept with the log."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from time_machine import TimeMachineFixture

from patients.models import Practice, Report, Stop
from patients.standing.before import is_asked
from patients.standing.day_state import DayState
from patients.summaries import verify
from patients.today.questions import Question, question
from patients.today.state import read_today
from patients.verbs import activities as activity_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.phone import phone_of, save

DAY = timedelta(days=1)
ASKED = "Back or leg pain right now, before you begin?"
BELOW_LEFT_KNEE = {"kind": "below_knee", "side-below_knee": "left"}
USUAL = "Your usual back or leg pain this week?"
MORNING = "How did it settle?"


def today(cast: Cast, more: str = "") -> str:
    page = phone_of(cast.maya).get(reverse("today") + more).content.decode()
    return " ".join(page.split())


def know(cast: Cast, pain: int) -> None:
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=pain)


def tell(cast: Cast, **numbers: str) -> int:
    return phone_of(cast.maya).post(reverse("before"), numbers).status_code


def test_it_is_asked_after_a_day_that_was_not_fine_and_where_usual_is_high_or_unknown() -> None:
    for band, usual in product((None, "fine", "ease", "stop"), (None, *range(11))):
        expected = band in {"ease", "stop"} or usual is None or usual >= 4
        assert is_asked(band, usual) is expected


def test_an_unknown_usual_pain_is_asked_first_in_the_same_card(cast: Cast) -> None:
    page = today(cast)
    assert page.index(USUAL) < page.index(ASKED)
    assert ASKED not in today(cast, "?drill")
    assert tell(cast, usual="3", before="2") == 303
    page = today(cast)
    assert USUAL not in page
    assert ASKED not in page
    assert tell(cast) == 422


def test_one_thing_is_asked_at_a_time_and_each_is_skipped_by_itself(
    time_machine: TimeMachineFixture, cast: Cast
) -> None:
    know(cast, 4)
    acts.log(cast.plan, pain=4)
    time_machine.move_to(cast.plan.practices.get().at + DAY)
    page = today(cast)
    assert MORNING in page
    assert ASKED not in page
    page = today(cast, "?later")
    assert MORNING not in page
    assert ASKED in page
    page = today(cast, "?drill")
    assert MORNING not in page
    assert ASKED not in page


def test_with_a_low_usual_pain_and_fine_days_nothing_is_asked_before(cast: Cast) -> None:
    know(cast, 3)
    assert ASKED not in today(cast)
    know(cast, 4)
    assert ASKED in today(cast)
    tell(cast, before="3")
    assert ASKED not in today(cast, "?x")


def test_it_is_asked_after_an_entry_that_was_not_fine_however_long_ago(
    time_machine: TimeMachineFixture, cast: Cast
) -> None:
    know(cast, 3)
    acts.log(cast.plan, pain=5)
    time_machine.move_to(cast.plan.practices.get().at + 9 * DAY)
    assert ASKED in today(cast)
    acts.log(cast.plan, pain=1)
    time_machine.move_to(cast.plan.practices.latest("pk").at + DAY)
    assert ASKED not in today(cast, "?x")


@pytest.mark.parametrize(
    ("usual", "before", "during", "band", "state"),
    [
        (2, "2", "4", "ease", DayState.LOGGED),
        (3, "4", "4", "fine", DayState.LOGGED),
        (5, "1", "5", "ease", DayState.LOGGED),
        (3, "5", "2", "ease", DayState.LOGGED),
        (5, "5", "8", "stop", DayState.STOPPED),
    ],
)
def test_the_log_copies_the_number_and_is_judged_by_the_rise(
    cast: Cast, usual: int, before: str, during: str, band: str, state: DayState
) -> None:
    know(cast, usual)
    tell(cast, before=before)
    save(phone_of(cast.maya), cast.harbour.today(), pain=during)
    entry = Practice.objects.get()
    assert (entry.before, entry.band) == (int(before), band)
    assert read_today(cast.maya.user).state is state
    assert list(verify.differences()) == []


@pytest.mark.parametrize(
    ("before", "told", "sentence", "unsaid"),
    [
        ("5", {"pain": "2"}, "5 of 10 before practice was more than usual.", "2 of 10 before"),
        ("1", {"pain": "5"}, "Pain went to 5 of 10, more than before.", "before practice was"),
        (
            "1",
            {"pain": "1"} | BELOW_LEFT_KNEE,
            "You noted pain below your left knee.",
            "Pain of",
        ),
    ],
)
def test_the_page_after_the_log_names_what_decided(
    cast: Cast, before: str, told: dict[str, str], sentence: str, unsaid: str
) -> None:
    know(cast, 3)
    tell(cast, before=before)
    save(phone_of(cast.maya), cast.harbour.today(), **told)
    page = today(cast)
    assert sentence in page
    assert unsaid not in page


def test_a_flare_before_practice_is_told_once_and_its_easier_day_is_no_second_stop(
    cast: Cast,
) -> None:
    know(cast, 3)
    tell(cast, before="6")
    assert [stop.cause for stop in Stop.objects.all()] == ["flare"]
    easier = read_today(cast.maya.user)
    assert (easier.state, easier.left.nth) == (DayState.EASIER, 1)
    save(phone_of(cast.maya), cast.harbour.today(), pain="3")
    entry = Practice.objects.get()
    assert (entry.before, entry.band, entry.easier) == (6, "stop", True)
    assert [stop.cause for stop in Stop.objects.all()] == ["flare"]
    assert list(verify.differences()) == []


def test_practice_that_makes_a_flare_worse_is_a_second_stop_and_leaves_no_drill(cast: Cast) -> None:
    know(cast, 3)
    tell(cast, before="6")
    save(phone_of(cast.maya), cast.harbour.today(), pain="7")
    assert sorted(stop.cause for stop in Stop.objects.all()) == ["flare", "pain"]
    assert read_today(cast.maya.user).state is DayState.STOPPED


def test_8_before_practice_leaves_no_drill(cast: Cast) -> None:
    tell(cast, before="8")
    assert read_today(cast.maya.user).state is DayState.STOPPED


def test_another_number_the_same_day_corrects_the_first_and_lifts_its_stop(cast: Cast) -> None:
    tell(cast, before="6")
    tell(cast, before="6")
    assert Report.objects.count() == 1
    tell(cast, before="2")
    assert not Stop.objects.unanswered().exists()
    save(phone_of(cast.maya), cast.harbour.today(), pain="2")
    assert Practice.objects.get().before == 2


@pytest.mark.parametrize(
    ("pain", "known_for", "expected"),
    [
        (5, 14, Question.MORNING),
        (1, 14, Question.USUAL),
        (1, 2, Question.MORNING),
        (1, None, Question.MORNING),
    ],
)
def test_a_day_asks_one_question_and_the_bad_morning_first(
    time_machine: TimeMachineFixture,
    cast: Cast,
    pain: int,
    known_for: int | None,
    expected: Question,
) -> None:
    if known_for is not None:
        know(cast, 1)
        time_machine.move_to(cast.plan.assigned_at + (known_for - 1) * DAY)
    acts.log(cast.plan, pain=pain)
    time_machine.move_to(cast.plan.practices.get().at + DAY)
    assert question(read_today(cast.maya.user)) is expected
    page = today(cast)
    assert (MORNING in page) is (expected is Question.MORNING)
    assert (USUAL in page) is (expected is Question.USUAL)


ACTIVITIES = "How are your activities going?"
AS_A_CARD = "One number for each, every four weeks"


def test_own_activities_are_asked_for_on_a_day_that_asks_nothing_else(
    time_machine: TimeMachineFixture, cast: Cast
) -> None:
    know(cast, 1)
    activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=["Lift my daughter"])
    assert AS_A_CARD not in today(cast)  # usual pain was told today
    acts.log(cast.plan, pain=1)
    time_machine.move_to(cast.plan.practices.get().at + DAY)
    page = today(cast)
    assert (MORNING in page, AS_A_CARD in page) == (True, False)
    time_machine.move_to(cast.plan.practices.get().at + 5 * DAY)
    page = today(cast)
    assert (MORNING in page, AS_A_CARD in page) == (False, True)
    assert page.count(ACTIVITIES) == 1
    phone = phone_of(cast.maya)
    activity = cast.maya.activities.get()
    phone.post(reverse("rate"), {f"activity_{activity.pk}": "4"})
    assert ACTIVITIES not in today(cast)


@pytest.mark.parametrize("between", ["a smaller number", "taken back"])
def test_a_number_that_stopped_stops_again_when_it_is_told_again(cast: Cast, between: str) -> None:
    know(cast, 2)
    tell(cast, before="8")
    if between == "taken back":
        phone_of(cast.maya).post(reverse("report_take_back", args=[Report.objects.get().pk]))
    else:
        tell(cast, before="2")
    assert not Stop.objects.unanswered().exists()
    for _ in range(2):
        tell(cast, before="8")
    assert Stop.objects.unanswered().get().high
    assert [row.pain for row in Report.objects.filter(taken_back_by=None)] == [8]
    assert list(verify.differences()) == []
