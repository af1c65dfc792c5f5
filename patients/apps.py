from django.apps import AppConfig

from patients.refusals_in_sql import TRIGGERS


class PatientsConfig(AppConfig):
    name = "patients"
    verbose_name = "Who is taught"
    default_auto_field = "django.db.models.BigAutoField"

    triggers = TRIGGERS
