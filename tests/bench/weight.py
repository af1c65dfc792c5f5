"""Weighs a first visit: the bytes of the page, its style sheets and its scripts, as sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection

LINKED = re.compile(r'<link[^>]+rel="stylesheet"[^>]*href="([^"]+)"|<script[^>]+src="([^"]+)"')


@dataclass(frozen=True)
class Weight:
    """Bytes of bodies; ``plain`` is the page before compression."""

    plain: int
    page: int
    files: dict[str, int]

    def report(self) -> str:
        cold = self.page + sum(self.files.values())
        lines = [
            f"cold: {cold:,} bytes",
            f"  page {self.page:,} ({self.plain:,} before compression)",
        ]
        return "\n".join([*lines, *(f"  {file} {size:,}" for file, size in self.files.items())])


def weigh(port: int, path: str, cookie: str) -> Weight:
    plain = _fetch(port, path, cookie, "identity")
    linked = [unescape(css or script) for css, script in LINKED.findall(plain.decode())]
    files = {file: len(_fetch(port, file, cookie, "br, gzip")) for file in linked}
    return Weight(len(plain), len(_fetch(port, path, cookie, "br, gzip")), files)


def _fetch(port: int, path: str, cookie: str, encodings: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": encodings})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    return body
