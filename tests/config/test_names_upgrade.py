"""An installation in use takes on the search by parts of names."""

from __future__ import annotations

import pytest

from accounts.models import User
from patients.models import NamePart, PatientSummary
from patients.summaries import verify
from patients.verbs import people as people_verbs
from tests import steps
from tests.cast import Cast


def _migrate(*to: str) -> None:
    steps.migrate(*to)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_patients_from_before_are_found_by_every_part_of_their_names(cast: Cast) -> None:
    for name in ("Jürgen Müller-Ek", "Juergen Mueller-Ek"):
        people_verbs.take_on(by=cast.elin, name=name, formal_name="Dr. Jørgen O’Neil")
    parts = NamePart.objects.values_list("patient", "clinic", "spelling")
    people = User.objects.order_by("pk").values_list("pk", "name", "email", "password")
    before = set(parts)
    before_people = list(people)
    _migrate("accounts", "0009")
    _migrate()
    assert set(parts.all()) == before
    assert {"mueller", "muller", "oneil", "neil"} <= {spelling for _, _, spelling in before}
    assert len(set(PatientSummary.objects.values_list("same_as", flat=True))) == 4
    assert list(people.all()) == before_people
    assert not User.objects.exclude(formal_name="").exists()
    assert list(verify.differences()) == []
