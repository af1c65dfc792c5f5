"""Refuses a new password that somebody could guess who knows the person, the clinic or the product.

``zxcvbn`` estimates how many guesses a password takes, from lists of passwords, names and words and
from patterns such as dates and neighbouring keys. What stands around the person is taken out
before, because no list of common passwords knows the name of this clinic.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from accounts.models import User

#: Words of this product and of the trade.
TRADE = {"hinge", "ladder", "physio", "physiotherapy", "physiotherapist", "clinic"}
#: Signs that people write for a letter.
SIGNS = {"a": "4@", "b": "8", "e": "3", "g": "69", "i": "1!|", "l": "1|", "o": "0", "s": "5$"}
SIGNS |= {"t": "7+", "z": "2"}
#: The power of ten of the guesses that a password must take, at the least: the best of five marks.
GUESSES = 10
#: The part that is looked at, because the time grows with the square of the length.
LOOKED_AT = 72


class HardToGuess:
    def validate(self, password: str, user: Any = None) -> None:
        words = TRADE | (_around(user) if isinstance(user, User) else set())
        if _guesses(password, words) < GUESSES:
            raise ValidationError(
                _(
                    "This password is easy to guess. Take three or four words that have nothing "
                    "to do with each other, with you or with the clinic."
                ),
                code="easy_to_guess",
            )

    def get_help_text(self) -> str:
        return _("Not easy to guess for somebody who knows you.")


def _around(user: User) -> set[str]:
    """The words of a person's name, address and clinic, in small letters."""
    said = f"{user.name} {user.formal_name} {user.email} {user.clinic.name}"
    return set(re.findall(r"[^\W_]{3,}", said.casefold()))


def _guesses(password: str, words: set[str]) -> float:
    longest_first = sorted(words, key=len, reverse=True)
    rest = re.sub("|".join(map(_spelled, longest_first)), "", password, flags=re.IGNORECASE)
    if not rest:
        return 0
    # The words once more, for those that are spelled backwards.
    return float(zxcvbn(rest[:LOOKED_AT], user_inputs=longest_first)["guesses_log10"])


def _spelled(word: str) -> str:
    """A pattern of the word, also with signs for letters: "h1ng3" for "hinge"."""
    return "".join(f"[{re.escape(letter + SIGNS.get(letter, ''))}]" for letter in word)
