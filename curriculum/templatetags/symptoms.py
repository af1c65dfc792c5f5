"""The texts of symptoms in templates."""

from __future__ import annotations

from django import template

from curriculum.symptoms import AtOnce, Texts, texts

register = template.Library()


@register.simple_tag
def symptom_texts() -> Texts:
    """What a page asks and says of symptoms, in its language."""
    return texts()


@register.simple_tag
def at_once(urgency: str) -> AtOnce:
    """What stands first after an urgent sign. ``urgency``: "now" or "today"."""
    return texts().at_once[urgency]
