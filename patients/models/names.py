"""The form of a name in which the search of the caseload finds it."""

from __future__ import annotations

import unicodedata

SEARCH_LIMIT = 450


def search_words(name: str) -> str:
    """The name without upper case and accents, with a space before each word.

    The space lets a search find the start of a word and nothing else. The result is cut off at
    ``SEARCH_LIMIT`` characters.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return "".join(f" {word}" for word in letters.split())[:SEARCH_LIMIT]
