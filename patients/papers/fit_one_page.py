"""What keeps a printed sheet to one side of paper: how long its writing is, and how large it may be
set then."""

from __future__ import annotations


def line_count(text: str, width: int) -> int:
    """Lines that a text takes where a line holds ``width`` characters; none without text."""
    return -(-len(text) // width)


def writing_size(count: float, *, roomy: float, full: float) -> str:
    """The size of the writing for about so many lines of the largest: "roomy", "full" or
    "fullest"."""
    return "roomy" if count <= roomy else "full" if count <= full else "fullest"
