"""`manage.py settings_page` writes docs/settings.md from `config/variables.py`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config import variables


class Command(BaseCommand):
    help = "Write docs/settings.md anew, after config/variables.py was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.BASE_DIR / "docs" / "settings.md").write_text(variables.page())
