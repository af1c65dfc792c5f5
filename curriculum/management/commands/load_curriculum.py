"""`manage.py load_curriculum` loads a curriculum, or all of them, from TOML."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from curriculum.loader import CONTENT, ContentError, Loaded, Problem, load, load_all
from curriculum.loader.lines import line_of
from curriculum.phrases import every_phrase


class Command(BaseCommand):
    help = (
        "Load a curriculum from a .toml file or a folder of them; without FILE, "
        "every one in curriculum/content. Checks the phrases to read first, too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help="a .toml file, or a folder of them"
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; say of every mistake in which file and on which line it stands",
        )

    def handle(
        self, *args: Any, file: Path | None = None, check: bool = False, **options: Any
    ) -> None:
        if check:
            self.stdout.write(_checked(file or CONTENT, every=file is None))
            return
        try:
            every_phrase()
            curricula = load_all(CONTENT) if file is None else [load(file)]
        except ContentError as error:
            count = len(error.problems)
            raise CommandError(
                f"Nothing was loaded: {count} mistake{'s' * (count > 1)}.\n{error}"
            ) from error
        if options["verbosity"]:
            for curriculum in curricula:
                self.stdout.write(_report(curriculum))


@transaction.atomic
def _checked(path: Path, *, every: bool) -> str:
    """Load it as if for good, and write nothing. Raises CommandError with all mistakes."""
    try:
        every_phrase()
        curricula = load_all(path) if every else [load(path)]
    except ContentError as error:
        said = "\n".join(_with_line(path, problem) for problem in error.problems)
        raise CommandError(f"{len(error.problems)} to put right:\n{said}") from error
    finally:
        transaction.set_rollback(True)
    return f"Nothing to put right in {', '.join(one.name for one in curricula)}."


def _with_line(path: Path, problem: Problem) -> str:
    """The mistake with the line of its file, where that is found: here, or in an edition before."""
    beside = sorted(path.iterdir() if path == CONTENT else path.parent.iterdir())
    lines = (line_of(one, problem) for one in (path, *beside))
    line = next((number for number in lines if number is not None), None)
    if line is None:
        return str(problem)
    return str(replace(problem, file=f"{problem.file}:{line}"))


def _report(loaded: Loaded) -> str:
    if not loaded.created + loaded.updated + loaded.deleted:
        return f"{loaded.name}: already up to date."
    counts = f"{loaded.created} rows made, {loaded.updated} changed, {loaded.deleted} taken away."
    return f"{loaded.name}: {counts}"
