"""Names a phone in the list of signed-in phones by its browser and system."""

from __future__ import annotations

from django.http import HttpRequest

#: A mark in the User-Agent header and the name to show. The first mark that is found counts.
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
    """The name of the phone, such as 'Chrome, Android'.

    An unknown browser or system is left out. The name is '' when both are unknown.
    """
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part)
