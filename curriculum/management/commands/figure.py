"""`manage.py figure` draws one drill or level into a page, for the author of its posture."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from curriculum.figures import PostureError
from curriculum.figures.content import files_of, read_postures
from curriculum.figures.sheet import drill_page


class Command(BaseCommand):
    help = (
        "Draws a drill (or RUNG/LEVEL) with its faults and measured angles into "
        "var/figures/SLUG.html."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument(
            "--watch", action="store_true", help="draw again whenever a posture file is saved"
        )

    def handle(self, *args: Any, slug: str, watch: bool, **options: Any) -> None:
        page = Path(settings.VAR) / "figures" / f"{slug.replace('/', '-')}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        self._draw(slug, page, watch)
        if not watch:
            return
        self.stdout.write("Watching the posture files; stop with Ctrl+C.")
        last = self._saved()
        while True:
            time.sleep(0.5)
            if (now := self._saved()) != last:
                last = now
                self._draw(slug, page, watch)

    def _saved(self) -> list[float]:
        return [file.stat().st_mtime for file in files_of() if file.stem.startswith("postures")]

    def _draw(self, slug: str, page: Path, watch: bool) -> None:
        """Draw the page.

        A posture that cannot be drawn raises CommandError, or is only reported while watching.
        """
        try:
            html, problems = drill_page(slug, read_postures(), refresh=watch)
        except (PostureError, tomllib.TOMLDecodeError, KeyError) as error:
            problem = (
                f"{slug}: no such drill or level"
                if isinstance(error, KeyError)
                else f"{slug}: {error}"
            )
            if not watch:
                raise CommandError(problem) from error
            self.stderr.write(problem)
            return
        page.write_text(html, encoding="utf-8")
        for problem in problems:
            self.stderr.write(problem)
        self.stdout.write(f"{page}{'' if problems else ': a posture that a person can take'}")
