"""What a first visit costs on the wire: the page, its stylesheets and its scripts."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from http.client import HTTPConnection

LINKED = re.compile(rb'<link[^>]+rel="stylesheet"[^>]*href="([^"]+)"|<script[^>]+src="([^"]+)"')


@dataclass(frozen=True)
class Weight:
    """Bytes of bodies. ``page`` as our server sends it, ``page_gzip`` as a compressing proxy would."""

    page: int
    page_gzip: int
    files: dict[str, int]

    @property
    def cold(self) -> int:
        return self.page_gzip + sum(self.files.values())

    def told(self) -> str:
        page = f"Today, cold: {self.cold:,} bytes\n  page {self.page_gzip:,} ({self.page:,} before compression)"
        return "\n".join([page, *(f"  {file} {size:,}" for file, size in self.files.items())])


def weigh(port: int, path: str, cookie: str) -> Weight:
    page = _fetch(port, path, cookie)
    linked = [(css or script).decode() for css, script in LINKED.findall(page)]
    files = {file: len(_fetch(port, file, cookie)) for file in linked if file.startswith("/")}
    return Weight(len(page), len(gzip.compress(page, 6)), files)


def _fetch(port: int, path: str, cookie: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    encodings = "identity" if path.endswith("/") else "br, gzip"
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": encodings})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    return body
