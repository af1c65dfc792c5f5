"""Names a phone in the list of signed-in phones by its browser and system."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from accounts import kept_cookies

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


#: A system, and the browser in which a page is put on its home screen by the taps of that name.
_HOME_SCREENS = {
    ("iPhone", "Safari"): "share",
    ("iPad", "Safari"): "share",
    ("iPhone", "Chrome"): "share",
    ("Android", "Chrome"): "menu",
    ("Android", "Edge"): "menu",
    ("Android", "Firefox"): "menu",
    ("Android", "Samsung Internet"): "menu",
}


def home_screen(request: HttpRequest) -> str:
    """How this phone puts a page on its home screen: "share" or "menu"; "" where it is unknown."""
    browser, _, system = label(request).partition(", ")
    return _HOME_SCREENS.get((system, browser), "")


def asks_home_screen(request: HttpRequest) -> str:
    """The same, until somebody has answered on this phone: it is asked once."""
    return "" if kept_cookies.kept(request, settings.FOUND_COOKIE_NAME) else home_screen(request)


def home_screen_answered(response: HttpResponseBase) -> None:
    """Ask no more on this phone."""
    kept_cookies.keep(response, settings.FOUND_COOKIE_NAME, "answered")
