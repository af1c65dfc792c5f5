"""A prepared query answers what the plain one would, whoever asks, with whatever is asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.prepared import Prepared
from patients.models import Practice
from patients.standing.position import ladder_steps
from patients.today import queries
from tests.cast import Cast
from tests.patients import acts
from tests.together import at_once


def _since(plan: int, since: date) -> QuerySet[Practice, tuple[date, int | None]]:
    return (
        Practice.objects.filter(plan=plan, done_on__gte=since)
        .order_by("done_on")
        .values_list("done_on", "pain")
    )


def test_it_answers_as_the_plain_query_does_for_every_argument(cast: Cast) -> None:
    today = cast.harbour.today()
    acts.log(cast.plan, pain=0)
    acts.log(cast.noors_plan, pain=9)
    prepared = Prepared(_since, plan=int, since=date)
    for plan in (cast.plan.pk, cast.noors_plan.pk, 10**9):
        for since in (today, today + timedelta(days=1), date(1999, 12, 31)):
            assert list(prepared(plan=plan, since=since)) == list(_since(plan, since))


def _of(plans: list[int], until: datetime) -> QuerySet[Practice, int]:
    rows = Practice.objects.filter(plan__in=plans, at__lte=until).exclude(client_id="100%")
    return rows.order_by("pk").values_list("pk", flat=True)


def test_a_list_has_as_many_values_as_are_given_none_too(cast: Cast) -> None:
    for plan in (cast.plan, cast.noors_plan):
        acts.log(plan, pain=0)
    plans = [cast.plan.pk, cast.noors_plan.pk, 10**9]
    prepared = Prepared(_of, plans=list, until=datetime)
    found = []
    for until in (timezone.now(), timezone.now() - timedelta(days=1)):
        for some in ([], plans[:1], plans[1:], plans):
            found.append(list(prepared(plans=some, until=until)))
            assert found[-1] == list(_of(some, until))
    assert [len(rows) for rows in found] == [0, 1, 1, 2, 0, 0, 0, 0]


def test_rows_come_back_as_what_they_are_also_across_relations(cast: Cast) -> None:
    prepared = Prepared(lambda pk: User.objects.select_related("clinic").filter(pk=pk), pk=int)
    (elin,) = prepared(pk=cast.elin.pk)
    assert (elin, elin.clinic, elin.name) == (cast.elin, cast.harbour, "Elin Ek")
    assert not prepared(pk=10**9)


def test_an_argument_that_is_lost_in_the_query_is_an_error_and_not_a_wrong_answer(
    cast: Cast,
) -> None:
    prepared = Prepared(lambda pk: User.objects.filter(pk=pk + 1), pk=int)
    with pytest.raises(ValueError, match="not every argument"):
        prepared(pk=cast.elin.pk)


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_each_get_their_own(cast: Cast) -> None:
    day = cast.harbour.today()
    people = [cast.maya.user, cast.noor.user] * 4
    asked = at_once(*[partial(queries.plan_of, user, day) for user in people])
    assert [plan.patient.user_id for plan in asked] == [user.pk for user in people]
    assert len(at_once(*[partial(ladder_steps, cast.plan)] * 4)[0]) > 20
