"""Precautions as intakes kept them before there were screenings. New ones stand in a screening."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IntakePrecaution(models.TextChoices):
    RED_FLAGS = "red_flags", _("Red flags now")
    SURGERY = "surgery", _("Recent surgery or fracture")
    OSTEOPOROSIS = "osteoporosis", _("Osteoporosis")
    CANCER_OR_STEROIDS = "cancer_or_steroids", _("Cancer, or steroids for long")
    PREGNANCY = "pregnancy", _("Pregnancy")
    DIZZINESS = "dizziness", _("Dizziness or blood pressure")
    HIP_REPLACEMENT = "hip_replacement", _("Hip replacement with a limit")
    FALLS = "falls", _("Risk of falls")
