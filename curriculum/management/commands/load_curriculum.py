from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from curriculum.loader import CONTENT, ContentError, Loaded, load, load_all


class Command(BaseCommand):
    help = (
        "Load a curriculum from a .toml file or a folder of them; without FILE, "
        "every one in curriculum/content."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help="a .toml file, or a folder of them"
        )

    def handle(self, *args: Any, file: Path | None = None, **options: Any) -> None:
        try:
            loaded = load_all(CONTENT) if file is None else [load(file)]
        except ContentError as error:
            count = len(error.problems)
            raise CommandError(
                f"Nothing was loaded: {count} mistake{'s' * (count > 1)}.\n{error}"
            ) from error
        if options["verbosity"]:
            for one in loaded:
                self.stdout.write(_told(one))


def _told(one: Loaded) -> str:
    if not one.created + one.updated + one.deleted:
        return f"{one.name}: already up to date."
    return f"{one.name}: {one.created} rows made, {one.updated} changed, {one.deleted} taken away."
