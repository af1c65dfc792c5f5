"""The tag {% jobs_late %} says which jobs are late or fail."""

from __future__ import annotations

from typing import Any

from django import template

from accounts import jobs

register = template.Library()


@register.inclusion_tag("accounts/_jobs_late.html")
def jobs_late() -> dict[str, Any]:
    return {"troubles": jobs.troubles()}
