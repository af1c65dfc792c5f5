"""Writes THIRD-PARTY.md: ``python -m tests.third_party``. Licences come from the packages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import distribution, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "THIRD-PARTY.md"
#: A text of a licence, and no name of one, is longer.
NAME = 40

HEAD = """# What others made

Written by `python -m tests.third_party` from `requirements.txt` and what the packages say of
themselves; a test compares it. What only tests and checks (`requirements-dev.txt`) is left out.

| package | version | licence |
| --- | --- | --- |
"""
TAIL = """
## What comes inside these

| in | what | licence |
| --- | --- | --- |
| django-htmx | htmx, sent to browsers | 0BSD |
| cryptography, pyrage | OpenSSL; libraries of Rust, in the program | Apache-2.0; MIT, Apache-2.0 or BSD |
| psycopg-binary | libpq, OpenSSL, Kerberos, OpenLDAP, Cyrus SASL | PostgreSQL; Apache-2.0; MIT; OpenLDAP; BSD |
| pillow | libjpeg-turbo, libpng, libtiff, libwebp, OpenJPEG, FreeType, HarfBuzz, Little CMS, libavif, xz, zstd, brotli, X11 | IJG and BSD; FreeType; MIT; 0BSD and others, all permissive |
| argon2-cffi-bindings | Argon2 | CC0-1.0 or Apache-2.0 |
| zxcvbn | lists of common passwords, names and words | MIT |
| tzdata | time zones of IANA | public domain |
| phonenumbers | Google's plans of telephone numbers | Apache-2.0 |

The texts of the licences lie beside the packages, in `.venv/lib/python*/site-packages/*.dist-info`.

## What the image and the samples in `deploy/` bring

Debian and CPython of `python:*-slim`, `postgresql-client`, SQLite 3.54.1 (public domain, built from its source);
PostgreSQL (PostgreSQL licence) and Caddy (Apache-2.0) as images of their own.

## Fonts and pictures

No font is sent: pages use those of the device. Icons, figures and screenshots are this product's own; figures are drawn
by `curriculum/figures`. Studies and guidelines are cited, not copied; each source is named where it is used.

## This product

There is no LICENSE yet: who owns it has not chosen one. Until then the law gives nobody else the right to pass it on.
psycopg is LGPL-3.0: it is imported as a library, unchanged, and can be replaced.
"""  # noqa: E501 (a table has one line a row)


def pinned() -> Iterator[tuple[str, str]]:
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if found := re.match(r"([A-Za-z0-9_.-]+)==(\S+)", line):
            yield found[1], found[2]


def licence(name: str) -> str:
    """Its expression, or its short name, or what the classifiers say, or how its text begins."""
    package = metadata(name).json
    said = str(package.get("license_expression") or package.get("license") or "")
    if said and len(said) <= NAME and "\n" not in said:
        return said
    kinds = [one.split(" :: ") for one in package.get("classifier", [])]
    told = ", ".join(kind[-1] for kind in kinds if kind[0] == "License")
    return told or _first_line(name)


def _first_line(name: str) -> str:
    texts = [file for file in distribution(name).files or [] if file.name.startswith("LICENSE")]
    return texts[0].read_text().strip().splitlines()[0] if texts else ""


def page() -> str:
    rows = sorted(pinned(), key=lambda row: row[0].lower())
    table = "".join(f"| {name} | {number} | {licence(name)} |\n" for name, number in rows)
    return HEAD + table + TAIL


if __name__ == "__main__":
    PAGE.write_text(page())
