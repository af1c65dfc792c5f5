"""What the database holds of a clinic's settings: each in its range, pain limits in order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=Q(urgent_again_minutes__range=(15, 480)),
        name="clinic_urgent_again_15_480",
    ),
    models.CheckConstraint(condition=Q(idle_minutes__range=(1, 720)), name="clinic_idle_1_720"),
    models.CheckConstraint(
        condition=Q(pain_fine_to__gte=0)
        & Q(pain_fine_to__lte=models.F("pain_fine_rise_to"))
        & Q(pain_fine_rise_to__lt=models.F("pain_stop_from"))
        & Q(pain_stop_from__lte=models.F("pain_high"))
        & Q(pain_high__lte=10),
        name="clinic_pain_limits_in_order",
    ),
    models.CheckConstraint(
        condition=Q(pain_rise_high__gte=2)
        & Q(pain_rise_high__lte=models.F("pain_rise_stop"))
        & Q(pain_rise_stop__lte=5),
        name="clinic_pain_rises_in_order",
    ),
    models.CheckConstraint(
        condition=~Q(advice_number="") | Q(advice_name=""),
        name="clinic_advice_line_has_a_number",
    ),
]
