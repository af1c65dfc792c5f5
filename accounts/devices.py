"""What a phone is called in the list of signed-in phones: enough to tell one from another, and no
more."""

from __future__ import annotations

from django.http import HttpRequest

_BROWSERS = [
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
]
_BROWSERS += [
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
_SYSTEMS = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")]
_SYSTEMS += [("CrOS", "Chromebook"), ("Mac OS", "Mac"), ("Linux", "Linux")]


def label(request: HttpRequest) -> str:
    """'Chrome, Android'; a browser or system that is not known is left out, both unknown give
    ''."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part)
