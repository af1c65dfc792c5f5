from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Who may come in"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(make_cache_table, sender=self, dispatch_uid="accounts.cache_table")


def make_cache_table(using: str, **kwargs: Any) -> None:
    """Make the cache table. Rate limits are counted in it, so nobody could sign in without it."""
    call_command("createcachetable", database=using, verbosity=0)
