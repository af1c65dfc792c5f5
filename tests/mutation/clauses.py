"""The mistakes in the SQL of triggers: each clause left out, or turned round where it stands alone.

A clause is what stands between AND, OR, WHERE, ON and the brackets around them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

#: A range is one word: its AND joins no clauses.
TOKEN = re.compile(
    r"BETWEEN -?[\w.]+ AND -?[\w.]+|'(?:[^']|'')*'|[A-Za-z_][\w.]*|\d+|<>|<=|>=|[^\s\w]"
)
#: Words after which a clause begins, and words before which one ends.
BEGINS = {"WHERE", "ON", "AND", "OR"}
ENDS = {"AND", "OR", "JOIN", "LEFT", "WHERE", "ORDER", "GROUP", "LIMIT", "UNION", "HAVING"}


@dataclass(frozen=True)
class Clause:
    """``start``, ``end``: where it stands. ``before``, ``after``: the words around it."""

    start: int
    end: int
    before: str
    after: str

    @property
    def stand_in(self) -> str | None:
        """What changes nothing beside its neighbours; None = it has none."""
        words = {self.before, self.after}
        return "1 = 1" if "AND" in words else "1 = 0" if "OR" in words else None


@dataclass(frozen=True)
class ClauseMutant:
    """``text``: the condition of the rule with the mistake."""

    rule: str
    before: str
    after: str
    text: str

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{self.rule}|{self.text}".encode()).hexdigest()[:16]

    @property
    def place(self) -> str:
        return f"trigger {self.rule}"


def mutants(rules: dict[str, dict[str, str]]) -> Iterator[ClauseMutant]:
    """Every mistake of every rule."""
    for rule, declared in rules.items():
        sql = declared["refuse_when"]
        for clause in clauses(sql):
            words = sql[clause.start : clause.end]
            changed = clause.stand_in or f"NOT ({words})"
            text = f"{sql[: clause.start]}{changed}{sql[clause.end :]}"
            if words != changed:
                yield ClauseMutant(rule, words, changed, text)


def clauses(sql: str) -> list[Clause]:
    """Every clause of a condition, also those inside of brackets and of other clauses."""
    return sorted(_clauses(_tokens(sql), 0, "")[0], key=lambda clause: (clause.start, -clause.end))


Token = tuple[str, int, int]


def _tokens(sql: str) -> list[Token]:
    return [(found[0], found.start(), found.end()) for found in TOKEN.finditer(sql)]


def _clauses(tokens: list[Token], at: int, before: str) -> tuple[list[Clause], int]:
    """The clauses from a token to the closing bracket, and the place of that bracket.

    ``before``: "" where a condition begins at once, "(" inside of a bracket.
    """
    found: list[Clause] = []
    opened = None if _is(tokens, at, "SELECT") else (at, before)
    while at < len(tokens) and tokens[at][0] != ")":
        word = tokens[at][0].upper()
        if word in ENDS:
            found += _closed(tokens, opened, at, word)
            opened = None
        if word == "," and opened is not None:
            found += _closed(tokens, opened, at, word)
            opened = (at + 1, "(")
        elif word in BEGINS:
            opened = (at + 1, word)
        elif word == "(":
            inner, at = _clauses(tokens, at + 1, "(")
            found += inner
        at += 1
    return found + _closed(tokens, opened, at, ""), at


def _is(tokens: list[Token], at: int, word: str) -> bool:
    return at < len(tokens) and tokens[at][0].upper() == word


def _closed(
    tokens: list[Token], opened: tuple[int, str] | None, end: int, after: str
) -> list[Clause]:
    first, before = opened or (end, "")
    if first >= end:
        return []
    # What stands alone in a bracket is a list of values, or counted with the clause around it.
    if before == "(" and after not in {"AND", "OR"}:
        return []
    return [Clause(tokens[first][1], tokens[end - 1][2], before, after)]
