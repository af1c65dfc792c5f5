"""Fixtures of Chromium on a live server.

A page that breaks the content security policy or logs an error fails its test.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
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
    """Whether our page caused the error. Chromium reports a cancelled fade between pages as one."""
    return not str(error.error).startswith("Transition was ")


#: Messages of the console that are no faults: an answer such as 422, which a test checks in the
#: page; htmx cancelling a request for a newer one; and a connection, or a database, that the test
#: took away.
NO_FAULTS = (
    "Failed to load resource",
    "Response Status Error Code",
    "htmx:afterRequest",
    "htmx:sendAbort",
    "htmx:sendError",
    "htmx:timeout",
)


def is_fault(message: ConsoleMessage) -> bool:
    return message.type == "error" and not message.text.startswith(NO_FAULTS)


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
    """The server's clock, which starts at `MONDAY` and runs.

    Name it before the cast, so that the people are made on that day.
    """
    with time_machine.travel(MONDAY) as traveller:
        yield traveller


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> str:
    """The server's address without a slash at the end. Invitations and QR codes hold it too."""
    settings.PUBLIC_URL = live_server.url
    address: str = live_server.url
    return address


@pytest.fixture
def new_context(new_context: NewContext, site: str) -> Iterator[NewContext]:
    """Make a browser with its own cookies, size and colours.

    Example: ``new_context(viewport=PHONE, color_scheme="dark")``. After the test, no page may have
    violated the policy or logged an error.
    """
    complaints: list[str] = []

    def make(**options: Any) -> BrowserContext:
        context = new_context(**{"base_url": site, "viewport": DESKTOP, **options})
        context.on(
            "weberror",
            lambda error: complaints.append(str(error.error)) if is_ours(error) else None,
        )
        context.on(
            "console",
            lambda message: complaints.append(message.text) if is_fault(message) else None,
        )
        context.add_init_script(REPORT_VIOLATIONS)
        return context

    yield make
    assert complaints == []


@pytest.fixture
def context(new_context: NewContext) -> BrowserContext:
    return new_context()


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    """A page on a new phone."""
    return new_context(viewport=PHONE, is_mobile=True, has_touch=True).new_page()


@pytest.fixture
def desktop(new_context: NewContext) -> Page:
    """A page in a new desktop browser."""
    return new_context().new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Assert that axe finds nothing on the page: ``axe(page)``."""
    checker = Axe()

    def check(page: Page) -> None:
        results = checker.run(page)
        assert results.violations_count == 0, results.generate_report()

    return check
