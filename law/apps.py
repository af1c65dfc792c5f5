from django.apps import AppConfig

from law.triggers import TRIGGERS


class LawConfig(AppConfig):
    name = "law"
    verbose_name = "What the law asks of data about people"
    default_auto_field = "django.db.models.BigAutoField"

    triggers = TRIGGERS

    def ready(self) -> None:
        from law import retention

        retention.plan()
