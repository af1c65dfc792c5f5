"""`manage.py build_figures` writes every figure as a stand-alone SVG file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from curriculum.figures import PostureError, Postures, read_postures
from curriculum.figures.files import files
from curriculum.figures.style import page_stylesheet


class Command(BaseCommand):
    help = (
        "Writes every drill, level and fault of the curriculum's content as SVG files: "
        "DRILL[-LEVEL]-start, -end, "
        "-animated, and DRILL-FAULT."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=Path(settings.VAR) / "figures")
        parser.add_argument(
            "--stylesheet", type=Path, help="also write the pages' style sheet (static/figures.css)"
        )

    def handle(self, *args: Any, folder: Path, stylesheet: Path | None, **options: Any) -> None:
        postures: Postures = read_postures()
        folder.mkdir(parents=True, exist_ok=True)
        count = 0
        try:
            for name, svg in files(postures):
                (folder / name).write_text(svg, encoding="utf-8")
                count += 1
        except PostureError as error:
            raise CommandError(str(error)) from error
        if stylesheet:
            stylesheet.write_text(page_stylesheet(), encoding="utf-8")
        self.stdout.write(f"{count} figures in {folder}")
