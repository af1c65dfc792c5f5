"""`manage.py contact_sheet` draws every figure into one page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from curriculum.figures import read_postures
from curriculum.figures.sheet import contact_sheet


class Command(BaseCommand):
    help = (
        "Draws every drill, level and fault into one page, "
        "to be looked at in both themes and in print."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            default=Path(settings.VAR) / "figures" / "contact-sheet.html",
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(contact_sheet(read_postures()), encoding="utf-8")
        self.stdout.write(str(file))
