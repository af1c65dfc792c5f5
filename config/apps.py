from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Installation"

    def ready(self) -> None:
        from accounts.signals import verifying
        from config import checks, nightly, triggers

        pre_migrate.connect(triggers.remove_before_migrate, dispatch_uid="config.triggers")
        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="config.triggers")
        register(checks.triggers_are_installed, Tags.database)
        register(checks.sqlite_is_sound, Tags.database)
        register(checks.server_owns_no_table, Tags.database)
        register(checks.files_are_private, Tags.security)
        register(checks.backups_are_made, Tags.security)
        nightly.plan()
        verifying.connect(checks.when_verifying, dispatch_uid="config.triggers")
