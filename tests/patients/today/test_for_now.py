"""A patient on a drill of a locked rung: what they read, log and may open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import time_machine
from django.db import connection
from django.urls import reverse

from patients.models import Practice
from patients.today.state import read_today
from patients.verbs import borrowing as borrowing_verbs
from patients.verbs import findings as finding_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts, borrowed
from tests.patients.clinic_pages import text
from tests.patients.phone import phone_of, save
from tests.queries import BeforeTheAnswer

DAY = timedelta(days=1)


def _page(cast: Cast, name: str = "today", *args: Any) -> str:
    return text(phone_of(cast.maya).get(reverse(name, args=args)))


def test_the_page_says_which_drill_is_set_for_now_for_what_and_until_when(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    borrowed.lend(cast.plan, by=cast.elin)
    page = _page(cast)
    assert "<h1>Bench in front</h1>" in page
    assert "For now, instead: Bench in front." in page
    assert "It helps you with “Knees do the work”, until Monday 9 March." in page
    assert "Then you go back to Stick hinge." in page
    assert "Rung 1 of 7" in page
    assert 'id="level"' not in page


def test_the_ladder_shows_its_rung_locked_and_its_drill_can_be_read(cast: Cast) -> None:
    bench = borrowed.lend(cast.plan, by=cast.elin).level
    ladder = _page(cast, "ladder")
    assert "Opens after rung 2." in ladder
    phone = phone_of(cast.maya)
    assert phone.get(reverse("rung_page", args=[3])).status_code == 403
    drill = phone.get(reverse("level_page", args=[3, bench.slug]))
    assert drill.status_code == 200
    assert "When to move on" not in text(drill)
    assert reverse("rung_page", args=[3]) not in text(drill)
    further = reverse("level_page", args=[3, "two-to-five-cm"])
    assert phone.get(further).status_code == 403
    borrowing_verbs.end_borrowed(plan=cast.plan, by=cast.elin)
    assert phone.get(reverse("level_page", args=[3, bench.slug])).status_code == 403


def test_it_is_logged_from_the_page_and_the_next_day_it_is_there_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    bench = borrowed.lend(cast.plan, by=cast.elin).level
    today = cast.harbour.today()
    assert save(phone_of(cast.maya), today, pain="2", effort="right").status_code in {200, 302, 303}
    entry = Practice.objects.get()
    assert (entry.level, entry.borrowed, entry.pain) == (bench, True, 2)
    assert "Bench in front" in _page(cast)
    assert "Bench in front" in _page(cast, "history")
    clock.shift(8 * DAY)
    assert "<h1>Stick hinge</h1>" in _page(cast)


def test_a_day_on_which_it_was_borrowed_can_still_be_logged_with_it(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    bench = borrowed.lend(cast.plan, by=cast.elin).level
    clock.shift(2 * DAY)
    borrowing_verbs.end_borrowed(plan=cast.plan, by=cast.elin)
    today = cast.harbour.today()
    for back in (0, 1, 2):
        assert f'value="{bench.pk}"' in _page(cast, "log_day", today - back * DAY)
    clock.shift(DAY)
    assert f'value="{bench.pk}"' not in _page(cast, "log_day", cast.harbour.today())


def test_once_the_fault_is_gone_the_own_drill_is_back(cast: Cast) -> None:
    finding = borrowed.lend(cast.plan, by=cast.elin).finding
    assert finding is not None
    finding_verbs.clear(finding=finding, by=cast.elin)
    page = _page(cast)
    assert "<h1>Stick hinge</h1>" in page
    assert "For now, instead" not in page


def test_the_easier_day_is_half_of_it_and_a_stop_that_says_none_shows_none(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=1, effort="right")
    clock.shift(DAY)
    bench = borrowed.lend(cast.plan, by=cast.elin).level
    acts.log(cast.plan, level=bench, pain=6)
    clock.shift(DAY)
    now = read_today(cast.maya.user)
    assert now.easier is not None
    assert (now.level, now.easier.how) == (bench, "half")
    acts.log(cast.plan, level=bench, pain=8)
    clock.shift(DAY)
    assert "Bench in front" not in _page(cast)


def test_the_answer_train_lower_ends_it(clock: time_machine.Traveller, cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    borrowed.lend(cast.plan, by=cast.elin)
    stop = acts.log(cast.plan, level=borrowed.bench(cast.plan), pain=6).stops.get()
    until = cast.harbour.today() + 2 * DAY
    said: dict[str, Any] = {"action": "lower", "level": acts.level(cast.plan), "until": until}
    stop_verbs.answer(stop=stop, by=cast.elin, word="Gently.", **said)
    clock.shift(DAY)
    page = _page(cast)
    assert "A lower level until" in page
    assert "For now, instead" not in page


def test_a_borrowed_drill_costs_the_page_no_query(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    counts = []
    for _ in range(2):
        with BeforeTheAnswer(connection) as asked:
            _page(cast)
        counts.append(len(asked))
        borrowed.lend(cast.plan, by=cast.elin)
    assert counts[0] == counts[1]
    with BeforeTheAnswer(connection) as asked:
        read_today(cast.maya.user)
    assert len(asked) <= 6
