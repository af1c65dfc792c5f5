"""The clinic's elastic bands: which are in use, and who practises with them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, QuerySet

from accounts.models import Clinic
from patients.models import Band, Prescription
from patients.wording.bands import band_about, still_in_a_dose


@dataclass(frozen=True)
class BandLine:
    """One band. ``people``: how many patients have it in a dose that stands."""

    band: Band
    people: int

    @property
    def about(self) -> str:
        return band_about(self.band, self.people)

    @property
    def still(self) -> str:
        return still_in_a_dose(self.people)


def in_use(clinic: Clinic | int) -> QuerySet[Band]:
    """The bands that can be prescribed, lightest first."""
    return Band.objects.filter(clinic=clinic, retired_at__isnull=True).order_by("position")


def was_prescribed(band: Band) -> bool:
    return Prescription.objects.filter(band=band).exists()


def marks_prescribed(band: Band) -> int:
    """The furthest mark at which it was prescribed."""
    furthest = Prescription.objects.filter(band=band).aggregate(most=Max("mark"))["most"]
    return int(furthest or 0)


def band_lines(clinic: Clinic) -> tuple[list[BandLine], list[BandLine]]:
    """The bands in use, lightest first, and the retired ones. Two queries."""
    people = _people(clinic)
    bands = Band.objects.filter(clinic=clinic).order_by("position", "pk")
    lines = [BandLine(band, people.get(band.pk, 0)) for band in bands]
    used = [line for line in lines if line.band.retired_at is None]
    return used, [line for line in lines if line.band.retired_at is not None]


def _people(clinic: Clinic) -> dict[int, int]:
    """How many patients have a band in the latest dose of a level, by the id of the band."""
    later = Prescription.objects.filter(
        plan=OuterRef("plan"), level=OuterRef("level"), pk__gt=OuterRef("pk")
    )
    stand = Prescription.objects.filter(
        ~Exists(later), band__clinic=clinic, plan__ended_on__isnull=True
    )
    found: dict[int, set[int]] = defaultdict(set)
    for band_id, patient_id in stand.values_list("band_id", "plan__patient_id"):
        if band_id is not None:
            found[band_id].add(patient_id)
    return {band_id: len(patients) for band_id, patients in found.items()}
