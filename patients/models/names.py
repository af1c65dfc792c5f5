"""The forms of a name: in which it is found, told from a namesake, and ordered.

A name is found by the beginning of any part of it, in every usual spelling. Each letter of the
Latin script is written plainly, by ``anyascii``, and in its second usual spelling where it has one:
Müller is Muller and Mueller. Most of the second spellings are those of passports (ICAO Doc 9303-3,
section 6).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import product
from string import ascii_lowercase

from anyascii import anyascii

from accounts.names import BEHIND, is_title, spoken

#: Letters that a column holds of a part, and of a whole name.
PART_LIMIT = 60
NAME_LIMIT = 450
#: The most parts that are kept of one patient's names, and the most spellings of one part. Of more
#: spellings only those remain that write every letter in the same manner.
PARTS = 120
SPELLINGS = 16

_USUAL = {
    **dict.fromkeys("äǟ", ("a", "ae")),
    **dict.fromkeys("öőõȫȭ", ("o", "oe")),
    **dict.fromkeys("üűǖǘǚǜ", ("u", "ue")),
    **dict.fromkeys("åǻ", ("a", "aa")),
    **dict.fromkeys("øǿ", ("o", "oe")),
    **dict.fromkeys("æǽǣ", ("ae", "a")),
    "œ": ("oe", "o"),
    "þ": ("th", "t"),
    "ð": ("d", "dh"),
    "đ": ("d", "dj"),
    "ÿ": ("y", "ij"),
    "ij": ("ij", "y"),
    **dict.fromkeys("šşșśŝ", ("s", "sh")),
    **dict.fromkeys("čç", ("c", "ch")),
    **dict.fromkeys("žż", ("z", "zh")),
}
#: Dutch writes one letter as two.
_LETTERS = re.compile("ij|.", re.DOTALL)
#: Words in front of a surname, which some people write together with it.
_PARTICLES = """
af al av da das de dei del della den der des di do dos du el het ibn la las le los mac mc o st te
ten ter van vom von zu zum zur
"""
PARTICLES = frozenset(_PARTICLES.split())
#: Signs within a word. The joiners are those of Persian.
_APOSTROPHES = "'’‘‛`´ʹʻʼʽˈ′＇\u200c\u200d"
_HYPHENS = "-‐‑‒–—−־·・˗."
#: Scripts that put no space between the parts of a name.
_UNSPACED = re.compile(r"CJK |HANGUL |HIRAGANA |KATAKANA ")
_ONE_NAME = re.compile(f"[a-z]{{3,{PART_LIMIT}}}")
#: What the second spellings add to a letter. Without it all spellings of a name are the same.
_SECOND = re.compile(r"(?<=a)[ae]+|(?<=[ou])e+|(?<=[cstz])h+|(?<=d)[hj]+")


def parts_of(*names: str) -> set[str]:
    """What the search compares with what is typed, in small letters.

    Each word of the names, from each of its parts on, and each part alone: "Smith-Jones" gives
    "smithjones", "smith" and "jones". Names in another script are kept in that, too.
    """
    kept: dict[str, None] = {}
    for word in (word for name in names for word in _words(name)):
        for first in range(len(word)):
            for run in ("".join(word[first:]), word[first]):
                kept.update(dict.fromkeys(_kept(run)))
    return set(list(kept)[:PARTS])


def typed_words(text: str) -> list[set[str]]:
    """The words of what somebody typed, each in the spellings with which a part may begin.

    Who types "ðr" may mean the name of somebody that was written "Dr", where it is no part.
    """
    named = " ".join([word for word in text.split() if not _may_be_title(word)] or [text])
    spaced = re.sub(f"[{re.escape(_HYPHENS)}]", " ", _without_titles(named))
    words = ["".join(word) for word in _words(spaced, together=False)]
    return [spelled for word in words if (spelled := _asked(word))]


def close_to(spelling: str) -> set[str]:
    """A spelling and what differs from it by one slip: a letter too many, too few, wrong, or two
    letters that changed places. Empty for what is too short to be mistaken for a name."""
    if not _ONE_NAME.fullmatch(spelling):
        return set()
    cuts = [(spelling[:at], spelling[at:]) for at in range(len(spelling) + 1)]
    fewer = {left + right[1:] for left, right in cuts}
    turned = {left + right[:2][::-1] + right[2:] for left, right in cuts}
    more = {left + letter + right for left, right in cuts for letter in ascii_lowercase}
    other = {left + letter + right[1:] for left, right in cuts for letter in ascii_lowercase}
    return fewer | turned | more | other


def sorts_as(name: str) -> str:
    """The name as lists are ordered by it, without titles and accents."""
    words = ("".join(word) for word in _words(spoken(name), together=False))
    return " ".join(_spellings(word)[0] or word for word in words)[:NAME_LIMIT]


def same_as(name: str) -> str:
    """What the name has in common with those that may be the same: every usual spelling of a name
    gives this, whether its parts stand together or apart, and so does "Surname, First"."""
    told = [word for word in spoken(name).split() if not _may_stand_beside(word)] or name.split()
    parted = _words(" ".join(told), together=False, titles=True)
    whole = ("".join(word) for word in parted)
    words = " ".join(_spellings(word)[0] or word for word in whole)[:NAME_LIMIT]
    return "".join(_SECOND.sub("", word) for word in words.replace("ij", "y").split())


def _words(name: str, *, together: bool = True, titles: bool = False) -> list[list[str]]:
    """The words of a name in small letters, each in its parts. ``together``: a particle belongs to
    the word behind it. ``titles``: they are words like others."""
    words: list[list[str]] = []
    waiting: list[str] = []
    named = name if titles else _without_titles(name)
    for word in _split(unicodedata.normalize("NFKC", named)):
        waiting += word
        if not together or "".join(word) not in PARTICLES:
            words.append(waiting)
            waiting = []
    words += [[particle] for particle in waiting]
    return [word for word in words if any(sign.isalnum() for part in word for sign in part)]


def _without_titles(name: str) -> str:
    words = name.split()
    return " ".join([word for word in words if not is_title(word.strip(",;()"))] or words)


def _may_be_title(word: str) -> bool:
    """Whether the word is a title in one of its spellings: "ðr" is "dr"."""
    bare = word.strip(",;()")
    return is_title(bare) or any(map(is_title, _spellings(bare.casefold())))


def _may_stand_beside(word: str) -> bool:
    """Whether the word can be a title, or letters behind a name."""
    return _may_be_title(word) or not BEHIND.isdisjoint(_spellings(word.casefold()))


def _split(name: str) -> Iterator[list[str]]:
    """Words of parts, in small letters. What is no letter and no digit separates."""
    for marked in re.split(r"[\0\s]+", "".join(_with_breaks(name))):
        parts = [part.casefold() for part in marked.split("-") if part]
        if parts:
            yield parts


def _with_breaks(name: str) -> Iterator[str]:
    """The signs of a name, with "-" between two parts of a word, and with a space between words."""
    before = " "
    for sign in name:
        if sign in _APOSTROPHES or sign in _HYPHENS:
            yield "-"
        elif unicodedata.category(sign)[0] not in "LMN":
            yield " "
        else:
            if _begins_a_part(before, sign):
                yield "-"
            yield sign
        before = sign


def _begins_a_part(before: str, sign: str) -> bool:
    """In McDonald the D does, and every sign of a script without spaces."""
    return (before.islower() and sign.isupper()) or bool(
        before.isalpha() and _UNSPACED.match(unicodedata.name(sign, ""))
    )


def _kept(run: str) -> Iterator[str]:
    for spelling in _spellings(run):
        if any(sign.isalpha() for sign in spelling):
            yield spelling[:PART_LIMIT]
    if _is_foreign(run):
        yield _plain(run)[:PART_LIMIT]


def _asked(word: str) -> set[str]:
    """Who types another script means its signs, not everything that sounds alike."""
    spellings = [_plain(word)] if _is_foreign(word) else _spellings(word)
    return {spelling[:PART_LIMIT] for spelling in spellings if spelling}


def _spellings(run: str) -> list[str]:
    """The usual spellings of letters that stand together, the plain one first."""
    letters = _LETTERS.findall(unicodedata.normalize("NFC", run))
    choices = [_usual(letter) for letter in letters]
    several = sum(len(choice) > 1 for choice in choices)
    if 2**several > SPELLINGS:
        return ["".join(one[0] for one in choices), "".join(one[-1] for one in choices)]
    return list(dict.fromkeys("".join(chosen) for chosen in product(*choices)))


@cache
def _usual(letter: str) -> tuple[str, ...]:
    return _USUAL.get(letter) or (re.sub(r"[^a-z0-9]", "", anyascii(letter).lower()),)


def _is_foreign(run: str) -> bool:
    return any(
        sign.isalpha() and not unicodedata.name(sign, "").startswith("LATIN") for sign in run
    )


def _plain(run: str) -> str:
    """The letters of another script without their accents."""
    signs = unicodedata.normalize("NFKD", run)
    bare = "".join(sign for sign in signs if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare)
