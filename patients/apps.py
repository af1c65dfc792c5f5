from django.apps import AppConfig

from patients.rules.triggers import TRIGGERS


class PatientsConfig(AppConfig):
    name = "patients"
    verbose_name = "Who is taught"
    default_auto_field = "django.db.models.BigAutoField"

    triggers = TRIGGERS

    def ready(self) -> None:
        from accounts.signals import clinic_changed, phone_link_changed
        from patients.summaries import refresh as summaries

        clinic_changed.connect(summaries.after_clinic, dispatch_uid="patients.summary")
        phone_link_changed.connect(summaries.after_phone_link, dispatch_uid="patients.summary")
