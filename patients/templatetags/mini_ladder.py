"""{% mini_ladder %}: the ladder as a mark beside a rung's name."""

from __future__ import annotations

from django import template

from patients.pictures.mini_ladder import mini_ladder

register = template.Library()
register.simple_tag(mini_ladder)
