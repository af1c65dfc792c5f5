"""Real Chromium on a real server. A page that breaks the content security policy, or logs an error,
fails its test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium

# Playwright keeps an event loop in this thread; Django must not mistake us for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}

#: A Monday morning at the clinics, far from any change of clocks.
MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))

REPORT_VIOLATIONS = """document.addEventListener('securitypolicyviolation', event =>
  console.error('Content Security Policy:', event.violatedDirective, event.blockedURI, event.sample)
);"""

NewContext = Callable[..., BrowserContext]


def is_ours(error: WebError) -> bool:
    """Chromium reports a fade between two pages that it gave up as an error of the page; nothing of
    ours started it."""
    return not str(error.error).startswith("Transition was ")


#: Errors in the console that are none: an answer such as 422, which a test looks at in the page;
#: and htmx taking back a request because a newer one says more, or losing the connection that the
#: test cut.
NO_FAULTS = ("Failed to load resource", "htmx:afterRequest", "htmx:sendAbort", "htmx:sendError")


def is_fault(said: ConsoleMessage) -> bool:
    return said.type == "error" and not said.text.startswith(NO_FAULTS)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium.installed()
    return {
        **browser_type_launch_args,
        **({"executable_path": path} if path else {}),
        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
    }


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The server's time: `MONDAY`, and going on. Ask for it before the cast, so that everybody was
    made then."""
    with time_machine.travel(MONDAY) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _no_tries_spent() -> None:
    cache.clear()


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> str:
    """The server's address, which invitations and QR codes carry too; no slash at the end."""
    settings.PUBLIC_URL = live_server.url
    address: str = live_server.url
    return address


@pytest.fixture
def new_context(new_context: NewContext, site: str) -> Iterator[NewContext]:
    """Make a browser of its own (cookies, size, colours): ``new_context(viewport=PHONE,
    color_scheme="dark")``.

    After the test: no page of any of them violated the policy, threw an error or logged one.
    """
    complaints: list[str] = []

    def make(**options: Any) -> BrowserContext:
        context = new_context(**{"base_url": site, "viewport": DESKTOP, **options})
        context.on(
            "weberror",
            lambda error: complaints.append(str(error.error)) if is_ours(error) else None,
        )
        context.on("console", lambda said: complaints.append(said.text) if is_fault(said) else None)
        context.add_init_script(REPORT_VIOLATIONS)
        return context

    yield make
    assert complaints == []


@pytest.fixture
def context(new_context: NewContext) -> BrowserContext:
    return new_context()


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    """A page on a phone of its own."""
    return new_context(viewport=PHONE, is_mobile=True, has_touch=True).new_page()


@pytest.fixture
def desktop(new_context: NewContext) -> Page:
    """A page in a desktop browser of its own."""
    return new_context().new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Assert that axe finds nothing on the page: ``axe(page)``."""
    checker = Axe()

    def check(page: Page) -> None:
        found = checker.run(page)
        assert found.violations_count == 0, found.generate_report()

    return check
