from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from patients.rules.triggers import TRIGGERS


class PatientsConfig(AppConfig):
    name = "patients"
    verbose_name = "Who is taught"
    default_auto_field = "django.db.models.BigAutoField"

    triggers = TRIGGERS

    def ready(self) -> None:
        from accounts.signals import phone_link_changed
        from patients.summaries import refresh as summaries

        pre_migrate.connect(summaries.before_migrate, sender=self, dispatch_uid="patients.summary")
        post_migrate.connect(summaries.after_migrate, sender=self, dispatch_uid="patients.summary")
        phone_link_changed.connect(summaries.after_phone_link, dispatch_uid="patients.summary")
