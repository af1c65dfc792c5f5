"""How people are addressed: titles, letters after a name and "Surname, First" do not get in the
way. Everything else that shortens a name asks here.
"""

from __future__ import annotations

import re
from itertools import chain

#: The name of somebody whose data was erased.
ERASED = "Erased"

#: Titles in front of a name, with or without a full stop.
_TITLES = """
dr dra prof pd professor doctor doktor mr mrs ms miss mx sir dame lady frau herr fru frk froken
fröken hr mme mlle madame mademoiselle monsieur sra srta señor señora señorita senhor senhora dhr
mevr mw meneer mevrouw dott dottor dottore dottoressa signor signora signorina
"""
#: What is a title only with a full stop: some people are called Ing or Mag.
_ABBREVIATED = """
dipl drs fr habil hon ing jur lic mag med nat phil pol priv rer rev sc sig sr ssa univ
"""
#: What stands behind a name.
_BEHIND = """
pt dpt mpt bpt msc bsc phd dphil md mbbs rn mcsp hcpc omt ocs scs atc cscs frcs frcp facp esq jr sr
ii iii iv
"""
TITLES = frozenset(_TITLES.split())
WITH_A_STOP = TITLES | frozenset(_ABBREVIATED.split())
BEHIND = frozenset(_BEHIND.split())
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
#: "J." or "J.R.R.": nobody is called by initials alone.
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")


def first_name(name: str) -> str:
    """How a person is addressed: 'Maya', or 'Dr. Roe' where no first name is known."""
    titles, words = _read(name)
    return words[0] if _has_first_name(words) else " ".join([*titles[:1], *words])


def short_name(name: str) -> str:
    """First name and initial: 'Maya R.'; empty without a name."""
    _titles, words = _read(name)
    initial = next((letter for letter in words[-1] if letter.isalpha()), "")
    return f"{words[0]} {initial}." if initial and _has_first_name(words) else first_name(name)


def initials(name: str) -> str:
    """The first letters of the name alone: 'M. R.'; empty without a letter."""
    _titles, words = _read(name)
    letters = [next((sign for sign in word if sign.isalpha()), "") for word in words]
    shown = [letters[0], letters[-1]] if len(letters) > 1 else letters
    return " ".join(f"{letter.upper()}." for letter in shown if letter)


def spoken(name: str) -> str:
    """The name alone, in the order in which it is spoken: 'Dr. Muster, Anna' is 'Anna Muster'."""
    return " ".join(_read(name)[1])


def has_letter(name: str) -> bool:
    """Whether anybody could be called so."""
    return any(sign.isalpha() for sign in name)


def is_title(word: str) -> bool:
    """Whether the word stands in front of a name, such as "Dr." or "Prof.Dr.med."."""
    parts = [part for part in re.split(r"[.\-]", word.casefold()) if part]
    known = WITH_A_STOP if "." in word else TITLES
    return bool(parts) and all(part in known for part in parts)


def _is_behind(word: str) -> bool:
    return word.casefold().replace(".", "") in BEHIND


def _has_first_name(words: list[str]) -> bool:
    """Not so in "Roe", "van der Berg" and "J. Roe"."""
    surname_alone = len(words) == 1 or (words[0].islower() and not words[-1].islower())
    return not surname_alone and _INITIALS.fullmatch(words[0]) is None


def _read(name: str) -> tuple[list[str], list[str]]:
    """The titles, and the words of the name itself, of which there is one at least."""
    plain = _BRACKETS.sub(" ", name)
    sections = [section.split() for section in (plain if has_letter(plain) else name).split(",")]
    titles = [word for words in sections for word in words if is_title(word)]
    named = list(filter(None, map(_without_what_is_beside, sections)))
    if not named:
        return [], [" ".join(chain.from_iterable(sections))]
    surname, *first = named
    words = [*next(iter(first), []), *surname]
    return titles, list(filter(has_letter, words)) or words


def _without_what_is_beside(words: list[str]) -> list[str]:
    """The words between the titles and what stands behind a name."""
    while words and is_title(words[0]):
        words = words[1:]
    while words and _is_behind(words[-1]):
        words = words[:-1]
    return words
