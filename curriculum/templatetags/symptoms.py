"""The texts of symptoms in templates."""

from __future__ import annotations

from django import template

from curriculum.symptoms import Texts, texts

register = template.Library()


@register.simple_tag
def signs() -> Texts:
    """The signs of Get help: those for ``now`` and those for ``today``."""
    return texts()
