"""Real Chromium on a real server. A page that breaks the content security policy fails its test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium

# Playwright keeps an event loop in this thread; Django must not mistake us for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}

NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium.installed()
    return {
        **browser_type_launch_args,
        **({"executable_path": path} if path else {}),
        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
    }


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> str:
    """The server's address, which invitations and QR codes carry too; no slash at the end."""
    settings.PUBLIC_URL = live_server.url
    address: str = live_server.url
    return address


@pytest.fixture
def new_context(new_context: NewContext, site: str) -> Iterator[NewContext]:
    """Make a browser of its own (cookies, size, colours): ``new_context(viewport=PHONE, color_scheme="dark")``.

    After the test: no page of any of them violated the policy or threw an error.
    """
    complaints: list[str] = []

    def make(**options: Any) -> BrowserContext:
        context = new_context(**{"base_url": site, "viewport": DESKTOP, **options})
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on(
            "console",
            lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None,
        )
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
