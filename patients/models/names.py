"""A name as a caseload finds it."""

from __future__ import annotations

import unicodedata

SEARCH_LIMIT = 450


def search_words(name: str) -> str:
    """A name as it is searched: without case and accents, a space before each word."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return "".join(f" {word}" for word in letters.split())[:SEARCH_LIMIT]
