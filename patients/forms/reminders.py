"""The time of the day at which a patient's calendar reminds them."""

from __future__ import annotations

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import ClockTime

#: What is proposed to who has chosen none.
MORNING = time(8)


class ReminderForm(forms.Form):
    reminds_at = ClockTime(label=_("At what time?"))
