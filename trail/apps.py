from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "trail"
    verbose_name = "Who looked"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.signals import verifying
        from trail import seals

        seals.plan()
        verifying.connect(seals.when_verifying, dispatch_uid="trail.seals")
