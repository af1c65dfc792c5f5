"""Shortens the names of people for pages."""

from __future__ import annotations


def first_name(name: str) -> str:
    """The first name: 'Maya'."""
    return name.split(" ")[0]


def short_name(name: str) -> str:
    """First name and initial: 'Maya R.'; empty without a name."""
    first, *rest = name.split() or [""]
    return f"{first} {rest[-1][0]}." if rest else first
