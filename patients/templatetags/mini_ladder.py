"""The tag {% mini_ladder %} draws the ladder as a small mark next to a rung's name."""

from __future__ import annotations

from django import template

from patients.pictures.mini_ladder import mini_ladder

register = template.Library()
register.simple_tag(mini_ladder)
