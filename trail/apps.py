from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "trail"
    verbose_name = "Who looked"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.signals import hourly, verifying
        from trail import seals

        hourly.connect(seals.when_an_hour_has_passed, dispatch_uid="trail.seals")
        verifying.connect(seals.when_verifying, dispatch_uid="trail.seals")
