"""What a prescription says of the patient's precautions, in words for the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from patients.models import Patient, Prescription
from patients.standing.cautions import Caution, held_at, of_level
from patients.standing.ways import way_of


def caution_lines(prescription: Prescription, patient: Patient, until: datetime) -> Iterator[str]:
    """Why it was prescribed all the same, and every caution as the precautions stood.

    ``prescription``: with the drill of its level; ``until``: a later screening counts
    for nothing
    """
    if prescription.reason:
        yield _("To avoid, prescribed since: {why}").format(why=prescription.reason)
    way = way_of(prescription.level.drill, prescription)
    if way is not None:
        yield _("Another way: {name}").format(name=way.name)
    held = held_at(patient, until)
    yield from map(caution_line, of_level(held, prescription.level, way))


def caution_line(caution: Caution) -> str:
    """ "Pregnancy (limit): Light, 4 or more in reserve." """
    kind = {"avoid": _("avoid"), "limit": _("limit"), "watch": _("watch")}[caution.kind]
    return _("{precaution} ({kind}): {line}").format(
        precaution=caution.label, kind=kind, line=caution.clinician.removesuffix(".")
    )
