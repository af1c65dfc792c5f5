"""The owner sees whose record is beyond its years; nobody is erased before the owner says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import Event
from law import retention
from law.models import Keeping
from patients.models import Patient
from patients.rules.refusals import Refused
from patients.verbs import people as people_verbs
from tests.cast import Cast
from tests.patients.clinic_pages import browser, text

YEARS = timedelta(days=3654)


@pytest.fixture
def later(cast: Cast) -> Iterator[None]:
    """Maya and Noor were discharged ten years ago, Tomas yesterday."""
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    people_verbs.discharge(patient=cast.noor, by=cast.ines)
    with time_machine.travel(timezone.now() + YEARS):
        people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    with time_machine.travel(timezone.now() + YEARS + timedelta(days=1)):
        yield


def _names() -> list[str]:
    return list(Patient.objects.order_by("pk").values_list("name", flat=True))


def test_the_page_lists_whose_years_are_over_and_nobody_else(cast: Cast, later: None) -> None:
    page = text(browser(cast.petra).get(reverse("retention")))
    assert f'href="{reverse("erase", args=[cast.maya.pk])}">Maya Roos' in page
    assert "Tomas" not in page
    assert "Noor" not in page
    assert "Nothing happens to them by itself." in page


def test_nothing_is_erased_until_the_owner_switches_it_on(cast: Cast, later: None) -> None:
    before = _names()
    call_command("retention", verbosity=0)
    call_command("retention", "--dry-run", verbosity=0)
    assert _names() == before
    answer = browser(cast.petra).post(reverse("retention"), {"years": "10", "acts": "on"})
    assert answer.status_code == 303
    assert Event.objects.filter(kind="keeping_changed", actor=cast.petra).exists()
    call_command("retention", "--dry-run", verbosity=0)
    assert _names() == before
    call_command("retention", verbosity=0)
    cast.maya.refresh_from_db()
    assert cast.maya.name == "Erased"
    assert sorted(set(before) - set(_names())) == ["Maya Roos"]
    assert retention.beyond(cast.harbour) == []


def test_the_dry_run_names_nobody(
    cast: Cast, later: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("retention", "--dry-run")
    said = capsys.readouterr().out
    assert f"patient {cast.maya.pk}: kept until" in said
    assert "Maya" not in said


def test_more_years_keep_longer(cast: Cast, later: None) -> None:
    retention.set_keeping(clinic=cast.harbour, by=cast.petra, years=30, acts=True)
    call_command("retention", verbosity=0)
    cast.maya.refresh_from_db()
    assert cast.maya.name == "Maya Roos"


@pytest.mark.parametrize("years", ["", "0", "51", "ten"])
def test_years_that_nobody_keeps_are_refused_beside_the_field(cast: Cast, years: str) -> None:
    answer = browser(cast.petra).post(reverse("retention"), {"years": years})
    assert answer.status_code == 422
    assert not Keeping.objects.exists()


def test_only_the_owner_sets_the_years(cast: Cast) -> None:
    for by in (cast.elin, cast.ines):
        with pytest.raises(Refused):
            retention.set_keeping(clinic=cast.harbour, by=by, years=1, acts=True)
