"""Precautions: what a clinician must know before a patient trains with a load.

A clinician ticks them at the intake, each with a note, and the chart always shows them.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Precaution(models.TextChoices):
    RED_FLAGS = "red_flags", _("Red flags now")
    SURGERY = "surgery", _("Recent surgery or fracture")
    OSTEOPOROSIS = "osteoporosis", _("Osteoporosis")
    CANCER_OR_STEROIDS = "cancer_or_steroids", _("Cancer, or steroids for long")
    PREGNANCY = "pregnancy", _("Pregnancy")
    DIZZINESS = "dizziness", _("Dizziness or blood pressure")
    HIP_REPLACEMENT = "hip_replacement", _("Hip replacement with a limit")
    FALLS = "falls", _("Risk of falls")
