"""What somebody typed, as a column can hold it: signs that nobody sees are left out.

Such signs come along when text is copied. They make two equal names different, and some of them
turn the text beside them around on the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

#: The fields in which people write words.
WORDS = ("text", "word", "words", "note", "reason")
#: Line breaks and tabs.
_BREAKS = "\t\n\v\f\r\x85\u2028\u2029"
#: Control characters, signs that set the direction of writing, signs without a width, letters that
#: look like nothing, halves of a character, and tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b"
    "\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
#: Persian and the scripts of India write with joiners, and pictures are put together by them.
_JOINED = "[\u0600-\u1dff\u2190-\U0010ffff]"
_JOINER = re.compile(f"(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})")


def line(typed: str | None) -> str:
    """The text as one line: line breaks and repeated spaces become one space."""
    words = re.sub(f"[{_BREAKS}]", " ", typed or "")
    return unicodedata.normalize("NFC", " ".join(_seen(words).split()))


def text(typed: str | None) -> str:
    """The text with its line breaks, without spaces around it."""
    lines = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", typed or "")
    return _seen(lines.replace("\t", " ")).strip()


def words_in(posted: Mapping[str, Any]) -> list[str]:
    """What somebody wrote in words into a form, for a page that gives it back."""
    return [found for name in WORDS if (found := text(posted.get(name)))]


def _seen(typed: str) -> str:
    return _JOINER.sub("", _UNSEEN.sub("", typed))
