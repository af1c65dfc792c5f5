"""The mistakes: small changes of the Python of the rules, made by Cosmic Ray and one of our own."""

from __future__ import annotations

import ast
import difflib
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names
from parso.python.tree import Keyword

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("patients/rules", "patients/standing", "patients/verbs")
#: The SQL of triggers has mistakes of its own kind, in ``clauses``.
ELSEWHERE = "triggers.py"
#: Changes that mean the same in this code: it compares codes and numbers, never identities.
THE_SAME = ("_Eq_Is", "_NotEq_IsNot", "_Is_Eq", "_IsNot_NotEq")


class DropStatement(Operator):  # type: ignore[misc]
    """Leaves out a statement that is only a call, or that raises: a guard, a refresh, a refusal."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type == "simple_stmt" and _is_act(node.children[0]):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        first = node.get_first_leaf()
        node.children[0] = Keyword("pass", first.start_pos, first.prefix)
        return node

    @classmethod
    def examples(cls) -> tuple[()]:
        return ()


def _is_act(statement: Any) -> bool:
    if statement.type == "raise_stmt":
        return True
    if statement.type != "atom_expr" or statement.children[-1].type != "trailer":
        return False
    return bool(statement.children[-1].children[0].value == "(")


@dataclass(frozen=True)
class Mutant:
    """``before``, ``after``: the changed lines. ``text``: the whole module with the mistake."""

    path: str
    line: int
    operator: str
    before: str
    after: str
    text: str

    @property
    def key(self) -> str:
        """The same as long as the function that the mistake is in is the same."""
        changed = f"{self.path}|{self.operator}|{self._part}"
        return hashlib.sha256(changed.encode()).hexdigest()[:16]

    @property
    def _part(self) -> str:
        """The function with the mistake; outside of functions the changed lines alone."""
        lines = self.text.splitlines()
        for node in ast.walk(ast.parse(self.text)):
            if isinstance(node, ast.FunctionDef):
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                last = node.end_lineno or node.lineno
                if first <= self.line <= last + 1:
                    part = "\n".join(lines[first - 1 : last])
                    return f"{self.line - first}|{part}"
        return f"{self.before}|{self.after}"

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"

    @property
    def in_a_function(self) -> bool:
        """Whether it is in the body or the defaults of a function, not in a decorator."""
        if self.before.lstrip().startswith("@"):
            return False
        functions = (
            node for node in ast.walk(ast.parse(self.text)) if isinstance(node, ast.FunctionDef)
        )
        return any(node.lineno <= self.line <= (node.end_lineno or 0) for node in functions)


def modules() -> list[Path]:
    paths = (path for room in ROOMS for path in (ROOT / room).glob("*.py"))
    return sorted(path for path in paths if not path.name.endswith(ELSEWHERE))


def sampled(count: int, seed: int) -> list[Mutant]:
    """So many mutants, one a place at most, the same ones for the same seed and code.

    Each place draws a lot of its own, so that a change of one module changes little of the sample.
    """
    places = [
        (_lot(f"{seed} {place}"), path, group)
        for path in modules()
        for place, group in _named_places(path)
    ]
    mutants: list[Mutant] = []
    for lot, path, group in sorted(places, key=lambda drawn: drawn[0]):
        if len(mutants) == count:
            break
        changes = Random(lot).sample(group, len(group))
        tried = (made(path, name, occurrence) for name, occurrence in changes)
        found = next((mutant for mutant in tried if mutant is not None), None)
        if found is not None:
            mutants.append(found)
    return mutants


def _lot(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _named_places(path: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """The places of a module by what their line says, so that a line may move; and the changes
    that are possible at each."""
    lines = path.read_text().splitlines()
    times: Counter[str] = Counter()
    for (line, column), group in changes_of(path).items():
        place = f"{path.relative_to(ROOT)} {lines[line - 1]} {column}"
        times[place] += 1
        yield f"{place} {times[place]}", group


@cache
def _operators() -> dict[str, Operator]:
    operators: dict[str, Operator] = {"DropStatement": DropStatement()}
    for name in operator_names():
        operator = get_operator(name)
        if not operator.arguments() and not name.endswith(THE_SAME):
            operators[name.rpartition("/")[2]] = operator()
    return operators


@cache
def changes_of(path: Path) -> dict[tuple[int, int], list[tuple[str, int]]]:
    """For each place of a module, its line and column, the changes that are possible there:
    operator and occurrence."""
    nodes = list(ast_nodes(get_ast(path.read_text())))
    places: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    for name, operator in _operators().items():
        positions = (start for node in nodes for start, _ in operator.mutation_positions(node))
        for occurrence, start in enumerate(positions):
            places[start].append((name, occurrence))
    return {start: places[start] for start in sorted(places)}


def made(path: Path, name: str, occurrence: int) -> Mutant | None:
    """The mutant, or None where the change means nothing or is no Python."""
    before = path.read_text()
    after = mutate_code(before, _operators()[name], occurrence)
    if after is None or _meaning(after) in {None, _meaning(before)}:
        return None
    old = before.splitlines()
    new = after.splitlines()
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    _, first, last, begins, ends = next(block for block in blocks if block[0] != "equal")
    return Mutant(
        path=str(path.relative_to(ROOT)),
        line=first + 1,
        operator=name,
        before=" ".join(line.strip() for line in old[first:last]),
        after=" ".join(line.strip() for line in new[begins:ends]),
        text=after,
    )


def _meaning(code: str) -> str | None:
    """What the code does, without types and docstrings, which nothing reads while it runs."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    return ast.dump(tree)
