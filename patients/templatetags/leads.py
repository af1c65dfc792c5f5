"""The tags {% clinic_notes %} and {% mails_late %} say what everybody at a clinic has to know."""

from __future__ import annotations

from typing import Any

from django import template

from patients.notices.state import clinic_state

register = template.Library()


@register.inclusion_tag("patients/notices/_clinic_notes.html", takes_context=True)
def clinic_notes(context: dict[str, Any]) -> dict[str, Any]:
    """Patients without a lead who can sign in, and mails that do not leave."""
    return mails_late(context)


@register.inclusion_tag("patients/notices/_mails_late.html", takes_context=True)
def mails_late(context: dict[str, Any]) -> dict[str, Any]:
    user = context["user"]
    return {"state": clinic_state(user.clinic), "user": user}
