"""Template tags of every page: icons, the base template, and phone numbers."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts import style_sheets, telephones
from accounts.calls import Call
from accounts.calls import calls as calls_of
from accounts.calls import hours_words as hours_of
from accounts.calls import opening_words as words_of
from accounts.known_clinic import is_patients
from accounts.links import pin_changed_at, state
from accounts.models import Clinic, User
from accounts.news import in_words
from accounts.news import of as news_of
from accounts.sign_on.provider import Provider

register = template.Library()
register.filter("link_state", state)
register.filter("pin_changed_at", pin_changed_at)
register.filter("is_patients_phone", is_patients)
register.filter("news", news_of)
register.filter("news_words", in_words)

_CLOCK = '<circle cx="12" cy="12" r="9"/>'
_LADDER = '<path d="M8 3v18M16 3v18M8 7h8M8 12h8M8 17h8"/>'
_OCTAGON = '<path d="M8.2 3h7.6L21 8.2v7.6L15.8 21H8.2L3 15.8V8.2zM12 7.5v5.5M12 16v.5"/>'
_TRIANGLE = '<path d="M12 4 21.5 20h-19zM12 10v4.5M12 17v.5"/>'
_FLAG = '<path d="M6 21V4.5h11.5L15 9l2.5 4.5H6"/>'
_DONE = _CLOCK + '<path d="m8 12.2 2.8 2.8L16 9.5"/>'

#: Shapes in a box of 24 by 24, drawn as strokes. ok, warn, stop and info belong to the tones.
ICONS: dict[str, str] = {
    "logo": '<path d="M7 22V12.5L13.5 3M14 22v-7.8L20.5 5"/>'
    '<path d="M7 19h7M7 14.5h7M9.6 9l6.6 2M12.2 5.2l6.5 2.3"/>',
    "today": '<path d="M4 7.5A2.5 2.5 0 0 1 6.5 5h11A2.5 2.5 0 0 1 20 7.5v10'
    'a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17.5zM8 3v4M16 3v4M8.5 13.5l2.5 2.5 4.5-5"/>',
    "ladder": _LADDER,
    "history": '<path d="M4 19.5h16M6 16l4-5 3.5 3L19 6.5"/>',
    "ok": _DONE,
    "warn": _TRIANGLE,
    "stop": _OCTAGON,
    "info": _FLAG,
    "plain": _CLOCK + '<path d="M12 11v5.5M12 7.5V8"/>',
    "tick": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "circle": '<circle cx="12" cy="12" r="8"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "more": '<path d="M6 12h.01M12 12h.01M18 12h.01"/>',
    "undo": '<path d="M9 14 4.5 9.5 9 5M5 9.5h9a5.5 5.5 0 0 1 0 11h-3"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
    "print": '<path d="M7 9V3.5h10V9M7 17H4.5v-8h15v8H17M7 14h10v6.5H7z"/>',
    "camera": '<path d="M4 8h3.5L9 5.5h6L16.5 8H20v11.5H4z"/><circle cx="12" cy="13.5" r="3.5"/>',
    "quiet": '<path d="M19.5 14.5A8 8 0 1 1 9.5 4.5a6.5 6.5 0 0 0 10 10z"/>',
    "back": '<path d="M14.5 5.5 8 12l6.5 6.5"/>',
    "forward": '<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>',
    "phone": '<path d="M5 4h4l1.5 5-2.3 1.5a12 12 0 0 0 5.3 5.3L15 13.5l5 1.5v4c0 .8-.7 1.5-1.5 1.5'
    'A15.5 15.5 0 0 1 3.5 5.5C3.5 4.7 4.2 4 5 4z"/>',
    "help": _CLOCK + '<path d="M9.3 9.3a2.8 2.8 0 1 1 4 2.6c-.9.4-1.3 1-1.3 2M12 16.8v.2"/>',
    "lock": '<path d="M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11"/>',
    "message": '<path d="M4 5.5h16v11h-9L6.5 20v-3.5H4z"/>',
    "people": '<circle cx="9" cy="8.5" r="3.5"/>'
    '<path d="M3 20c0-4 2.7-6 6-6s6 2 6 6M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.6c2.2.8 3.5 2.6 3.5 '
    '5.4"/>',
}


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, size: int = 20) -> SafeString:
    """An inline SVG, hidden from screen readers. Put words beside it."""
    drawing = (
        '<svg class="ico" width="{0}" height="{0}" viewBox="0 0 24 24" aria-hidden="true">{1}</svg>'
    )
    return format_html(drawing, size, SafeString(ICONS[name]))


@register.filter
def shell(user: object) -> str:
    """The base template of a page that anybody may see, such as an error page."""
    if not isinstance(user, User) and not getattr(user, "is_authenticated", False):
        return "base.html"
    return "base_patient.html" if getattr(user, "of_patients_side", False) else "base_clinic.html"


@register.filter
def tel(number: str, clinic: Clinic) -> str:
    """What a telephone dials for a number that the clinic wrote: "+4685550142"."""
    return telephones.dialled(number, clinic.region)


@register.filter
def calls(clinic: Clinic, urgency: str) -> tuple[Call, ...]:
    """Whom a patient of the clinic can call now, the most fitting first."""
    return calls_of(clinic, urgency, timezone.now())


@register.filter
def opening_words(clinic: Clinic) -> str:
    """ "Closed now, opens Monday 8"."""
    return words_of(clinic, timezone.now())


@register.filter
def hours_words(clinic: Clinic) -> str:
    """ "Monday to Friday 8 to 17"."""
    return hours_of(clinic)


@register.simple_tag(takes_context=True)
def style_sheet(context: template.Context, name: str) -> SafeString:
    """A style sheet of the patient's pages: in the page at the first visit, a link afterwards."""
    return style_sheets.element(name, context.get("request"))


@register.simple_tag
def provider() -> Provider | None:
    """The clinic's identity provider, by which staff may sign in; None without one."""
    found: Provider | None = settings.OIDC
    return found
