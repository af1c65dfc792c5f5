"""The people of the tests. Each line says who a person is."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Clinic, User
from patients.models import Patient, Plan
from tests import factories


@dataclass(frozen=True)
class Cast:
    harbour: Clinic  # the clinic that most tests are about
    petra: User  # owns it
    elin: User  # works there, leads Maya and Tomas
    omar: User  # her colleague in the same clinic
    maya: Patient  # Elin's patient, first rung open
    plan: Plan  # Maya's
    tomas: Patient  # Elin's patient, nothing assigned
    hilltop: Clinic  # another clinic
    ines: User  # owns it; nobody at the harbour exists for her
    noor: Patient  # Ines's patient, first rung open
    noors_plan: Plan


def assemble() -> Cast:
    harbour = factories.clinic("Harbour Physio")
    hilltop = factories.clinic("Hilltop Physio")
    elin = factories.clinician(harbour, "Elin Ek", email="elin@harbour.example")
    ines = factories.owner(hilltop, "Ines Ivers", email="ines@hilltop.example")
    maya = factories.patient(elin, "Maya Roos")
    noor = factories.patient(ines, "Noor Nadim")
    return Cast(
        harbour=harbour,
        petra=factories.owner(harbour, "Petra Palm", email="petra@harbour.example"),
        elin=elin,
        omar=factories.clinician(harbour, "Omar Odeh", email="omar@harbour.example"),
        maya=maya,
        plan=factories.plan(maya),
        tomas=factories.patient(elin, "Tomas Tran"),
        hilltop=hilltop,
        ines=ines,
        noor=noor,
        noors_plan=factories.plan(noor),
    )
