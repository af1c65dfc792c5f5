"""Runs the tests that matter against one mistake, in a copy of the code."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.mutation import lines, plugin, warm
from tests.mutation.clauses import ClauseMutant
from tests.mutation.lines import Lines
from tests.mutation.mutants import ROOT, Mutant

#: For a mistake in a rule of the database: who attacks it, and who lives by it.
TESTS_OF_RULES = (
    "tests/patients/rules/test_database_refusals.py",
    "tests/patients/rules/test_gating_lessons.py",
    "tests/patients/verbs",
    "tests/patients/people",
    "tests/patients/chart",
)
#: Of the first of them, what is tried with the one rule.
OF_ONE_RULE = (
    "test_the_database_keeps_the_rule",
    "test_the_rule_keeps_nobody_back_who_does_as_they_should",
)
EVERYTHING_ONCE = "tests/patients/rules/test_append_only.py"
MEETS_EVERY_TABLE = "test_the_walk_below_meets_every_table_that_is_kept"
#: What notices that a rule refuses somebody because of others.
BESIDE_TROUBLES = "tests/patients/rules/test_beside_troubles.py"
#: Fails each statement of each verb in turn: what notices that a verb is no transaction.
HALF_WRITTEN = "tests/patients/rules/test_fault_injection.py"
#: What a rule names, and what the tests call the place where it is done.
WHERE_DONE = {"pass": "gate", "tick": "mark", "lift": "carr"}
PYTEST = (
    *(sys.executable, "-m", "pytest", "-q", "--no-header"),
    *("-p", "no:xdist", "-p", "no:cacheprovider", "-p", "tests.mutation.plugin"),
)
#: After so many seconds a run is stopped.
LONGEST = 600
#: Exit codes of pytest: tests failed, or were stopped by a module that cannot be read.
NOTICED = {1, 2, 3}
#: What pytest says when the mistake keeps it from reading a test; its exit code is that of a test
#: that does not exist.
UNREADABLE = re.compile("ERROR collecting|ImportError while loading conftest")


class Tree:
    """A copy of the code that a mutant changes and the next one finds as it was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if folder.exists():
            shutil.rmtree(folder)
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        for name in listed.stdout.splitlines():
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)

    def template(self, kept: Path) -> Path:
        """A test database made without any mistake."""
        made = kept / "template.sqlite3"
        self.pytest([EVERYTHING_ONCE], {})
        code = "from tests import template_database as t; print(t.template())"
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=True,
        )
        shutil.copyfile(done.stdout.strip(), made)
        return made

    def pytest(
        self, tests: list[str], more: dict[str, str]
    ) -> subprocess.CompletedProcess[str] | None:
        """The finished run; None when it took longer."""
        command = [*PYTEST, "-x", *tests]
        environment = {**os.environ, **more, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            return subprocess.run(
                command,
                cwd=self.folder,
                env=environment,
                capture_output=True,
                text=True,
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None


class Warm:
    """A pytest in a tree that has everything loaded and waits for orders: see ``warm``."""

    def __init__(self, tree: Tree, template: Path) -> None:
        self.template = template
        orders, self._orders = os.pipe()
        self._results, results = os.pipe()
        environment = {
            **os.environ,
            plugin.TEMPLATE: str(template),
            warm.ORDERS: str(orders),
            warm.RESULTS: str(results),
        }
        self._pytest = subprocess.Popen(
            [*PYTEST, "-s", "-p", "tests.mutation.warm", *lines.TESTS],
            cwd=tree.folder,
            env=environment,
            pass_fds=(orders, results),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(orders)
        os.close(results)
        self._answers = os.fdopen(self._results)

    def result(self, tests: list[str], **mistake: str) -> str:
        """killed, survived, slow, or cold: to be tried in a process of its own."""
        order = {"tests": tests, "template": str(self.template), **mistake}
        os.write(self._orders, json.dumps(order).encode() + b"\n")
        answer = self._answers.readline().strip()
        if not answer:
            raise RuntimeError("The tests that wait for orders are gone.")
        return answer

    def end(self) -> None:
        os.close(self._orders)
        self._pytest.wait()


class Trial:
    """Tries mutants in one tree."""

    def __init__(self, tree: Tree, template: Path, noted: Lines, seconds: float) -> None:
        """``seconds``: of tests for one mistake at most, as long as they took without it."""
        self.seconds = seconds
        self.tree = tree
        self.template = template
        self.lines = noted
        self.warm = Warm(tree, template)

    def of(self, mutant: Mutant | ClauseMutant) -> str:
        if isinstance(mutant, ClauseMutant):
            return self._of_clause(mutant)
        tests = self._tests(mutant)
        module = self.tree.folder / mutant.path
        before = module.read_text()
        if mutant.in_a_function:
            result = self.warm.result(tests, path=mutant.path, text=mutant.text)
            if result != "cold":
                return result
        module.write_text(mutant.text)
        try:
            return self._result(tests)
        finally:
            module.write_text(before)

    def _of_clause(self, mutant: ClauseMutant) -> str:
        # An attack notices what the rule lets in, quickly; only ordinary acts notice what it now
        # refuses.
        ours = [f"{TESTS_OF_RULES[0]}::{test}[{mutant.rule}]" for test in OF_ONE_RULE]
        tests = [*ours, *self._tests_near(mutant)]
        result = self.warm.result(tests, rule=mutant.rule, condition=mutant.text)
        if result == "cold":
            raise RuntimeError(f"{mutant.place}: this is no SQL: {mutant.text}")
        return result

    def _tests_near(self, mutant: ClauseMutant) -> list[str]:
        """What may notice a mistake in a rule: lives in which everything is done once, then the
        files that are named after its words, as many as there is time for."""
        words = _words(mutant.rule)
        files = []
        for place in TESTS_OF_RULES:
            path = self.tree.folder / place
            files += sorted(path.rglob("test_*.py")) if path.is_dir() else [path]
        near = {path: len(words & lines.beginnings(path.stem)) for path in files}
        tests = [BESIDE_TROUBLES, f"{EVERYTHING_ONCE}::{MEETS_EVERY_TABLE}"]
        spent = 0.0
        for path in sorted((path for path in files if near[path]), key=lambda path: -near[path]):
            name = str(path.relative_to(self.tree.folder))
            takes = self.lines.seconds_of_file(name)
            if spent + takes <= self.seconds:
                spent += takes
                tests.append(name)
        return tests

    def _tests(self, mutant: Mutant) -> list[str]:
        """Single tests that run the line, then whole files named after the module: they may have
        tests that are newer than the note."""
        word = Path(mutant.path).stem
        files = sorted((self.tree.folder / "tests/patients").rglob(f"test_{word}*.py"))
        tests = [HALF_WRITTEN] if "transaction.atomic" in mutant.before else []
        spent = 0.0
        module = (self.tree.folder / mutant.path).read_text()
        for test in self.lines.tests_of(mutant.path, module, mutant.line):
            takes = self.lines.seconds.get(test, 1.0)
            if self._exists(test) and spent + takes <= self.seconds:
                spent += takes
                tests.append(test)
        tests += [str(path.relative_to(self.tree.folder)) for path in files]
        return tests or self._of_rooms(module, mutant.line)

    def _of_rooms(self, module: str, line: int) -> list[str]:
        """The tests of the rooms that use a constant, or of the busiest ones."""
        constant = lines.constant_at(module, line)
        rooms = {
            f"tests/patients/{path.parent.name}"
            for path in (self.tree.folder / "patients").glob("*/*.py")
            if constant and re.search(rf"\b{constant}\b", path.read_text())
        }
        known = sorted(room for room in rooms if (self.tree.folder / room).is_dir())
        return known or ["tests/patients/verbs", "tests/patients/today", "tests/patients/chart"]

    def _exists(self, test: str) -> bool:
        file, _, name = test.partition("::")
        path = self.tree.folder / file
        return path.exists() and f"def {name}(" in path.read_text()

    def _result(self, tests: list[str]) -> str:
        done = self.tree.pytest(tests, {plugin.TEMPLATE: str(self.template)})
        if done is None:
            return "slow"
        if done.returncode == 0:
            return "survived"
        if done.returncode in NOTICED or UNREADABLE.search(done.stdout + done.stderr):
            return "killed"
        raise RuntimeError(f"pytest ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")


def _words(rule: str) -> set[str]:
    """The words of a rule, and the room where what it names is done."""
    words = lines.beginnings(rule)
    return words | {WHERE_DONE[word] for word in words & WHERE_DONE.keys()}
