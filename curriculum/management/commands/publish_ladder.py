"""`manage.py publish_ladder` publishes the draft of an edition."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from curriculum.loader import ContentError, publish


class Command(BaseCommand):
    help = "Publish the draft of an edition: its frozen part stays, and plans can be put on it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="LADDER", help="the slug of the ladder")
        parser.add_argument("edition", type=int, metavar="EDITION")

    def handle(self, *args: Any, slug: str, edition: int, **options: Any) -> None:
        try:
            ladder = publish(slug, edition)
        except ContentError as error:
            raise CommandError(f"Nothing was published.\n{error}") from error
        if options["verbosity"]:
            self.stdout.write(f"{ladder}: published.")
