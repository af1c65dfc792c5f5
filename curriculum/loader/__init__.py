"""Reads a curriculum from TOML, checks all of it, and writes what is new, in one transaction."""

from curriculum.loader.errors import ContentError, Problem
from curriculum.loader.frozen import digest_of_rows
from curriculum.loader.load import CONTENT, Loaded, load, load_all
from curriculum.loader.publishing import publish

__all__ = [
    "CONTENT",
    "ContentError",
    "Loaded",
    "Problem",
    "digest_of_rows",
    "load",
    "load_all",
    "publish",
]
