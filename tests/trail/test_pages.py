"""An owner sees who opened a record and what happened; a patient sees who looked."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.patients.phone import phone_of


def _browser(user: Any) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def _words(answer: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2])
    return re.sub(r"\s+", " ", unescape(plain))


def _record(cast: Cast, by: Any, **query: str | int) -> Any:
    return _browser(by).get(reverse("record_trail", args=[cast.maya.pk]), query)


def test_the_owner_sees_who_opened_and_who_changed_a_record(cast: Cast) -> None:
    omar = _browser(cast.omar)
    omar.get(reverse("chart", args=[cast.maya.pk]))
    omar.get(reverse("visit_note", args=[cast.maya.pk]))
    typed = {"name": "Maya Rose", "lead": cast.elin.pk}
    omar.post(reverse("patient_edit", args=[cast.maya.pk]), typed)
    words = _words(_record(cast, cast.petra))
    assert f"{cast.omar.name} opened the chart" in words
    assert f"{cast.omar.name} opened to print the papers" in words
    assert f"{cast.omar.name} changed the name" in words
    assert "127.0.0.1" in words


def test_the_lead_sees_it_too_and_no_colleague_does(cast: Cast) -> None:
    assert _record(cast, cast.elin).status_code == 200
    assert _record(cast, cast.omar).status_code == 403
    link = reverse("record_trail", args=[cast.maya.pk])
    for who, shown in ((cast.elin, True), (cast.petra, True), (cast.omar, False)):
        details = _browser(who).get(reverse("details", args=[cast.maya.pk])).content.decode()
        assert (link in details) == shown


def test_the_list_is_narrowed_by_person_and_by_day(cast: Cast) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        _browser(cast.omar).get(reverse("chart", args=[cast.maya.pk]))
        day = cast.harbour.today().isoformat()
    _browser(cast.elin).get(reverse("thread", args=[cast.maya.pk]))
    of_omar = _words(_record(cast, cast.petra, person=cast.omar.pk))
    assert "opened the chart" in of_omar
    assert "opened the messages" not in of_omar
    assert "opened the chart" in _words(_record(cast, cast.petra, day=day))
    assert "opened the messages" not in _words(_record(cast, cast.petra, day=day))


def test_a_day_that_is_none_gets_a_sentence(cast: Cast) -> None:
    answer = _record(cast, cast.petra, day="2026-02-30")
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert _record(cast, cast.petra, person=cast.ines.pk).status_code == 422


def test_a_long_list_goes_on_over_pages_and_each_row_stands_once(cast: Cast) -> None:
    omar = _browser(cast.omar)
    begin = timezone.now() - timedelta(hours=70)
    for hour in range(60):
        with time_machine.travel(begin + timedelta(hours=hour)):
            omar.force_login(cast.omar)
            omar.get(reverse("chart", args=[cast.maya.pk]))
    first = _record(cast, cast.petra, person=cast.omar.pk)
    second = _record(cast, cast.petra, person=cast.omar.pk, page=2)
    moments = [re.findall(r'datetime="([^"]+)"', one.content.decode()) for one in (first, second)]
    assert [len(found) for found in moments] == [50, 10]
    assert len({*moments[0], *moments[1]}) == 60
    assert "Older" in _words(first)
    assert "Older" not in _words(second)


def test_the_owner_sees_what_was_refused_and_searched_in_the_clinic(cast: Cast) -> None:
    elin = _browser(cast.elin)
    elin.get(reverse("chart", args=[cast.noor.pk]))
    elin.post(reverse("caseload"), {"q": "maya"})
    elin.get(reverse("chart", args=[cast.maya.pk]))
    words = _words(_browser(cast.petra).get(reverse("clinic_trail")))
    assert f"{cast.elin.name} was refused a page: chart (patients/{cast.noor.pk})" in words
    assert f"{cast.elin.name} searched for a patient" in words
    assert "opened the chart" not in words


def test_no_owner_sees_what_happened_in_another_clinic(cast: Cast) -> None:
    _browser(cast.elin).get(reverse("chart", args=[cast.noor.pk]))
    words = _words(_browser(cast.ines).get(reverse("clinic_trail")))
    assert cast.elin.name not in words


def test_a_patient_reads_who_looked_in_plain_words(cast: Cast) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        omar = _browser(cast.omar)
        omar.get(reverse("chart", args=[cast.maya.pk]))
        omar.get(reverse("thread", args=[cast.maya.pk]))
        day = cast.harbour.today()
    phone = phone_of(cast.maya)
    assert reverse("who_looked") in phone.get(reverse("me")).content.decode()
    words = _words(phone.get(reverse("who_looked")))
    opened = f"{cast.omar.name} opened your messages and your chart on {day:%a} {day.day}"
    assert opened in words
    assert cast.maya.name not in words.partition("Who looked")[2]
    assert "127.0.0.1" not in words


def test_another_patient_does_not_read_it(cast: Cast) -> None:
    _browser(cast.omar).get(reverse("chart", args=[cast.maya.pk]))
    assert "Nobody has opened it yet" in _words(phone_of(cast.tomas).get(reverse("who_looked")))
