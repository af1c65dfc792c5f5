"""`manage.py load_curriculum` loads a curriculum, or all of them, from TOML."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from curriculum.loader import CONTENT, ContentError, Loaded, load, load_all
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

    def handle(self, *args: Any, file: Path | None = None, **options: Any) -> None:
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


def _report(loaded: Loaded) -> str:
    if not loaded.created + loaded.updated + loaded.deleted:
        return f"{loaded.name}: already up to date."
    counts = f"{loaded.created} rows made, {loaded.updated} changed, {loaded.deleted} taken away."
    return f"{loaded.name}: {counts}"
