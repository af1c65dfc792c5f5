"""{% mini_ladder %}: the ladder as a mark beside a rung's name."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_STEP = 4


@register.simple_tag
@lru_cache(maxsize=256)
def mini_ladder(position: int, top: int) -> SafeString:
    """Rungs below ``position`` passed, that one open, up to ``top``; hidden from screen readers."""
    marks = ((_mark(rung, position), _STEP * (top - rung)) for rung in range(1, top + 1))
    rungs = format_html_join("", '<rect{} x="0" y="{}" width="18" height="2.6" rx="1"/>', marks)
    drawing = '<svg class="mini" viewBox="0 0 18 {}" aria-hidden="true">{}</svg>'
    return format_html(drawing, max(_STEP * top - 1, 1), rungs)


def _mark(rung: int, position: int) -> SafeString:
    kind = "on" if rung < position else "now"
    return format_html(' class="{}"', kind) if rung <= position else SafeString("")
