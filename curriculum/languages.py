"""Content that stands in one TOML file for each language, named by the language's code."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import get_language

#: It speaks where a language has no file.
FALLBACK = "en"


def of_page(folder: Path) -> str:
    """The language of the page if the folder has a file for it, or else the fallback."""
    language = (get_language() or FALLBACK).partition("-")[0]
    return language if (folder / f"{language}.toml").is_file() else FALLBACK
