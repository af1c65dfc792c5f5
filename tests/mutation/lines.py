"""Which tests run which line of the rules, noted once in a run of all of them.

The note stays useful when the code changes: of a changed module it knows the functions.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from coverage import CoverageData

from tests.mutation.mutants import ROOMS, ROOT

#: The tests that may notice a mistake. Left out are those that take minutes.
TESTS = ("tests/patients", "--ignore=tests/patients/demo", "--ignore=tests/patients/papers")


#: A test that takes so many seconds is tried after all others.
LONG = 10.0


@dataclass(frozen=True)
class Lines:
    """``noted``: by file, its digest, and the tests of each line and of each function.
    ``seconds``: how long a test takes."""

    noted: dict[str, dict[str, Any]]
    seconds: dict[str, float]

    def tests_of(self, path: str, text: str, line: int) -> list[str]:
        """The tests that run a line: one of each file, then a second one of each, and so on.

        Those whose names speak of the line come first, then the quickest. A decorator belongs to
        its function. Of a line that no test runs, because it is outside of functions or new: the
        tests that run its module.
        """
        noted = self.noted.get(path, {})
        functions = noted.get("functions", {})
        name = _function_at(text, line)
        found = set(functions.get(name, ())) or {
            test for tests in functions.values() for test in tests
        }
        if noted.get("digest") == _digest(text):
            found = set(noted["lines"].get(str(line), ())) or found
        if not found and (constant := constant_at(text, line)):
            found = self._tests_that_use(constant)
        words = beginnings(f"{path}_{name}")
        quick = _file_by_file(
            sorted(
                (test for test in found if self.seconds.get(test, 1.0) < LONG),
                key=lambda test: (-len(words & beginnings(test)), self.seconds.get(test, 1.0)),
            )
        )
        return quick + sorted(found - set(quick))

    def seconds_of_file(self, path: str) -> float:
        """How long the noted tests of a file take together."""
        own = f"{path}::"
        return sum(taken for test, taken in self.seconds.items() if test.startswith(own))

    def _tests_that_use(self, constant: str) -> set[str]:
        """The tests that run a function in which a constant of another module is named."""
        found: set[str] = set()
        for path, noted in self.noted.items():
            text = (ROOT / path).read_text() if (ROOT / path).exists() else ""
            lines = text.splitlines()
            for first, last, name in _functions(text):
                if re.search(rf"\b{constant}\b", "\n".join(lines[first - 1 : last])):
                    found |= set(noted["functions"].get(name, ()))
        return found


def _file_by_file(tests: list[str]) -> list[str]:
    """The first test of each file, then the second ones: tests of one file notice the same."""
    seen: Counter[str] = Counter()
    turns = []
    for test in tests:
        file = test.partition("::")[0]
        turns.append((seen[file], test))
        seen[file] += 1
    return [test for _, test in sorted(turns, key=lambda turn: turn[0])]


def beginnings(name: str) -> set[str]:
    """How the longer words of a name begin, so that "answered" and "answers" are the same."""
    return {word[:4] for word in re.split(r"[^a-z]+", name) if len(word) > 3} - {"test", "pati"}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _function_at(text: str, line: int) -> str:
    """The name of the innermost function at a line; empty outside of all."""
    spans = [(first, name) for first, last, name in _functions(text) if first <= line <= last]
    return max(spans)[1] if spans else ""


def constant_at(text: str, line: int) -> str:
    """The name that a module gives a value at a line; empty at any other line."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if node.lineno <= line <= (node.end_lineno or 0) and isinstance(targets[0], ast.Name):
                return targets[0].id
    return ""


def _functions(text: str) -> Iterator[tuple[int, int, str]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            yield first, node.end_lineno or node.lineno, node.name


def note(tree: Path, kept: Path) -> None:
    """Run every test in a copy of the code, and keep what it noted."""
    kept.mkdir(parents=True, exist_ok=True)
    settings = kept / "coverage.ini"
    sources = ",".join(ROOMS)
    settings.write_text(f"[run]\ndata_file = {kept / 'coverage'}\nsource = {sources}\n")
    command = [sys.executable, "-m", "coverage", "run", f"--rcfile={settings}", "-m", "pytest"]
    told = ["-q", "-p", "no:xdist", "-p", "tests.mutation.plugin", f"--junitxml={kept / 'tests'}"]
    done = subprocess.run([*command, *told, *TESTS], cwd=tree, check=False)
    if done.returncode != 0:
        raise SystemExit("A test fails without any mistake: mend that first.")
    noted = {"files": _noted(tree, kept / "coverage"), "seconds": _seconds(kept / "tests")}
    (kept / "noted.json").write_text(json.dumps(noted))


def read(kept: Path) -> Lines:
    noted = json.loads((kept / "noted.json").read_text())
    return Lines(noted["files"], noted["seconds"])


def _noted(tree: Path, file: Path) -> dict[str, dict[str, Any]]:
    data = CoverageData(str(file))
    data.read()
    files = {}
    for measured in data.measured_files():
        text = Path(measured).read_text()
        lines = {n: sorted(filter(None, t)) for n, t in data.contexts_by_lineno(measured).items()}
        functions: dict[str, set[str]] = defaultdict(set)
        for line, tests in lines.items():
            functions[_function_at(text, line)].update(tests)
        files[str(Path(measured).relative_to(tree))] = {
            "digest": _digest(text),
            "lines": lines,
            "functions": {name: sorted(tests) for name, tests in functions.items()},
        }
    return files


def _seconds(report: Path) -> dict[str, float]:
    """By test, of all its cases together."""
    seconds: dict[str, float] = defaultdict(float)
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 (our own file)
        path = case.attrib["classname"].replace(".", "/") + ".py"
        test = f"{path}::{case.attrib['name'].partition('[')[0]}"
        seconds[test] += float(case.attrib["time"])
    return seconds
