from django.apps import AppConfig

from patients.refusals_in_sql import TRIGGERS


class PatientsConfig(AppConfig):
    name = "patients"
    verbose_name = "Who is taught"
    default_auto_field = "django.db.models.BigAutoField"

    triggers = TRIGGERS

    def ready(self) -> None:
        from accounts.signals import phone_link_changed
        from patients import summary

        phone_link_changed.connect(summary.after_phone_link, dispatch_uid="patients.summary")
