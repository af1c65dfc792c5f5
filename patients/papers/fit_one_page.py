"""Estimates the length of a printed sheet and picks the font size that fits one page."""

from __future__ import annotations


def line_count(text: str, width: int) -> int:
    """How many lines a text needs, with ``width`` characters a line. An empty text needs none."""
    return -(-len(text) // width)


def writing_size(count: float, *, roomy: float, full: float) -> str:
    """The font size for so many lines: "roomy" (large), "full" or "fullest" (small)."""
    return "roomy" if count <= roomy else "full" if count <= full else "fullest"
