"""The browser of the browser tests. `python -m tests.browser.chromium` gets one where there is
none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: The shell first: it is the same Chromium without a window, and takes half the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
MISSING = """
No Chromium was found and none could be had. Install one (Debian: apt install chromium), or name it:
    make test CHROMIUM=/path/to/chromium
The other tests run without: .venv/bin/pytest --ignore tests/browser
"""


def installed() -> str | None:
    """Path of the Chromium on this machine; None leaves Playwright to use its own."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def _playwrights_own() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def _get() -> bool:
    commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        commands += [["apt-get", "update"], ["apt-get", "install", "--yes", "chromium"]]
    for command in commands:
        print("No Chromium found; trying", " ".join(command), flush=True)  # noqa: T201
        subprocess.run(command, check=False)
    return installed() is not None or _playwrights_own()


if __name__ == "__main__":
    sys.exit(None if installed() or _playwrights_own() or _get() else MISSING)
