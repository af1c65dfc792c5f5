"""The tag {% without_lead %} shows which patients have no lead who can sign in."""

from __future__ import annotations

from typing import Any

from django import template

from patients.verbs import handover as handover_verbs

register = template.Library()


@register.inclusion_tag("patients/handover/_without_lead.html", takes_context=True)
def without_lead(context: dict[str, Any]) -> dict[str, Any]:
    user = context["user"]
    return {"unled": handover_verbs.without_lead(user.clinic), "user": user}
