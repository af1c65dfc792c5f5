"""Opens Today in Chromium on a slow phone: what is asked for, what comes, and when it is seen.

Slow is what the browser's own tools call slow 4G, 562 ms for each request and 1.44 Mbit/s, with a
processor a quarter as fast. The icon of the tab, which the browser fetches for itself, is counted
apart, and so is what the first touch brings: htmx and the style sheets of later visits.
"""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import SimpleCookie
from statistics import median
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser import chromium

SLOW = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.44e6 / 8,
    "uploadThroughput": 0.675e6 / 8,
}
TIMES_SLOWER = 4
TRIES = 5
AT_MOST = "5, 31,000 in bodies, 1.2 s, 0, 50 ms"

WATCH = """
window.felt = { lcp: 0, cls: 0, tbt: 0 };
const watch = (type, note) => new PerformanceObserver(seen => seen.getEntries().forEach(note)).observe({ type, buffered: true });
watch('largest-contentful-paint', one => { felt.lcp = one.startTime; });
watch('layout-shift', one => { if (!one.hadRecentInput) felt.cls += one.value; });
watch('longtask', one => { felt.tbt += one.duration - 50; });
"""  # noqa: E501 (lines of a script)


@dataclass(frozen=True)
class Visit:
    """What one opening of the page took; the icon is in neither number."""

    requests: int
    sent: int
    lcp: float
    cls: float
    tbt: float


def felt(port: int, path: str, cookie: str) -> str:
    """A line each for the first visit and for a later one, the median of some tries."""
    address = f"http://localhost:{port}{path}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.installed(), args=["--no-sandbox"]
        )
        first: list[Visit] = []
        later: list[Visit] = []
        for _ in range(TRIES):
            context = browser.new_context(
                viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
            )
            _sign_in(context, address, cookie)
            first.append(_visit(context, address, touch=True))
            later.append(_visit(context, address))
            context.close()
        browser.close()
    return f"  first visit:  {_line(first)}\n  later visits: {_line(later)}"


def _sign_in(context: BrowserContext, address: str, cookie: str) -> None:
    for name, value in SimpleCookie(cookie).items():
        context.add_cookies([{"name": name, "value": value.value, "url": address}])


def _visit(context: BrowserContext, address: str, *, touch: bool = False) -> Visit:
    """Open the page. ``touch``: then tap it, which brings what later visits need."""
    page = context.new_page()
    page.add_init_script(WATCH)
    came = _slow_down(context, page)
    page.goto(address)
    # What a script fetches by itself after the page has loaded would come now.
    page.wait_for_timeout(1500)
    seen = page.evaluate("felt")
    asked = [size for url, size in came.values() if size and "/icon" not in url]
    if touch:
        page.touchscreen.tap(195, 110)
        page.wait_for_timeout(3000)
    page.close()
    return Visit(len(asked), sum(asked), seen["lcp"], seen["cls"], seen["tbt"])


def _slow_down(context: BrowserContext, page: Page) -> dict[str, tuple[str, int]]:
    """Slow the page down. Fills what it gives back: each request's address and bytes."""
    came: dict[str, tuple[str, int]] = {}

    def begin(event: dict[str, Any]) -> None:
        came[event["requestId"]] = (event["response"]["url"], 0)

    def end(event: dict[str, Any]) -> None:
        url, _ = came.get(event["requestId"], ("", 0))
        came[event["requestId"]] = (url, int(event["encodedDataLength"]))

    session = context.new_cdp_session(page)
    session.on("Network.responseReceived", begin)
    session.on("Network.loadingFinished", end)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": TIMES_SLOWER})
    return came


def _line(visits: list[Visit]) -> str:
    def middle(what: str) -> float:
        return float(median(getattr(visit, what) for visit in visits))

    return (
        f"{middle('requests'):.0f} requests, {middle('sent'):,.0f} bytes with headers, "
        f"LCP {middle('lcp') / 1000:.2f} s, CLS {middle('cls'):.3f}, TBT {middle('tbt'):.0f} ms"
        f" (at most {AT_MOST})"
    )
