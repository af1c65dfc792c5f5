"""Whatever a carer wrote says so, wherever the clinic reads it, and changes nothing of the
patient's."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import Settings

from patients.models import Report, Stop
from patients.verbs import carers as carer_verbs
from patients.verbs import reports as report_verbs
from tests.accounts.phones import new_link, opened
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text
from tests.patients.people.carers import MARK, named, page_of, told


def test_the_gate_and_the_record_say_which_entries_a_carer_wrote(cast: Cast) -> None:
    """Beside the numbers of the gate, and where an entry was changed."""
    rut = named(cast).user
    clinic = browser(cast.elin)
    first = acts.log(cast.plan, by=rut, pain=2, effort="easy")
    acts.log(cast.plan, by=rut, corrects=first, pain=5, effort="hard")
    day = f"{cast.harbour.today():%-d %B}"
    shown = page_of(clinic, "chart", cast.maya.pk)
    assert f"{day}: written by Rut Roos, carer." in shown
    assert "found it hard, written by Rut Roos, carer." in shown
    record = page_of(clinic, "decisions", cast.maya.pk)
    assert "corrected to hard. Written by Rut Roos, carer" in " ".join(record.split())


@pytest.mark.parametrize("by", ["patient", "carer"])
def test_a_stop_says_whether_a_carer_told_it(cast: Cast, by: str) -> None:
    rut = named(cast).user
    clinic = browser(cast.elin)
    told(cast.maya, rut if by == "carer" else cast.maya.user, kinds=["numb"])
    pages = (
        page_of(clinic, "stop_answer", Stop.objects.get().pk),
        page_of(clinic, "decisions", cast.maya.pk).partition("Stop:")[2],
    )
    assert [MARK in page for page in pages] == [by == "carer"] * 2


def test_the_papers_say_whose_hand_wrote_it(cast: Cast) -> None:
    carer = named(cast)
    acts.log(cast.plan, by=carer.user, pain=2, note="She was brave.")
    told(cast.maya, carer.user, pain=3)
    note = text(browser(cast.elin).get(reverse("visit_note", args=[cast.maya.pk])))
    assert "Logged on 1 of 1 days by Rut Roos, carer" in note
    assert "with the log, written by Rut Roos, carer" in note
    assert MARK in note


def test_a_form_number_of_the_patients_does_no_harm_in_the_hands_of_a_carer(cast: Cast) -> None:
    """A carer sends a form under the number that the patient's next one has."""
    report_verbs.report(patient=cast.maya, by=named(cast).user, client_id="hers", pain=4)
    own = told(cast.maya, cast.maya.user, kinds=["fever"])
    report_verbs.take_back(report=own, by=cast.maya.user, client_id="hers")
    report_verbs.report(patient=cast.maya, by=cast.maya.user, client_id="hers", pain=6)
    newest = Report.objects.order_by("-pk").first()
    assert newest is not None
    assert (newest.by, newest.pain) == (cast.maya.user, 6)
    assert Report.objects.get(pk=own.pk).newest.by == cast.maya.user


def test_a_phone_that_was_let_in_before_it_could_be_known_says_so_too(
    cast: Cast, settings: Settings
) -> None:
    """It is known from the next page on, not only from the moment the link was opened."""
    carer = named(cast)
    phone = opened(new_link(carer.user, cast.elin))
    phone.cookies.pop(settings.CARER_COOKIE_NAME)
    page_of(phone, "today")
    carer_verbs.end(carer=carer, by=cast.maya.user)
    assert "Your access has ended" in page_of(phone, "today")
