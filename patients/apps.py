from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from patients.refusals_in_sql import TRIGGERS


class PatientsConfig(AppConfig):
    name = "patients"
    verbose_name = "Who is taught"
    default_auto_field = "django.db.models.BigAutoField"

    triggers = TRIGGERS

    def ready(self) -> None:
        from accounts.signals import phone_link_changed
        from patients import summary

        pre_migrate.connect(summary.before_migrate, sender=self, dispatch_uid="patients.summary")
        post_migrate.connect(summary.after_migrate, sender=self, dispatch_uid="patients.summary")
        phone_link_changed.connect(summary.after_phone_link, dispatch_uid="patients.summary")
