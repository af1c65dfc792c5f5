from django.apps import AppConfig

from patients.rules.triggers import TRIGGERS


class PatientsConfig(AppConfig):
    name = "patients"
    verbose_name = "Who is taught"
    default_auto_field = "django.db.models.BigAutoField"

    triggers = TRIGGERS

    def ready(self) -> None:
        from accounts.signals import clinic_changed, phone_link_changed, staff_changed
        from patients.summaries import refresh as summaries
        from patients.verbs import outbox as outbox_verbs
        from patients.verbs import tidying, visit_feeds

        clinic_changed.connect(summaries.after_clinic, dispatch_uid="patients.summary")
        phone_link_changed.connect(summaries.after_phone_link, dispatch_uid="patients.summary")
        tidying.plan()
        staff_changed.connect(visit_feeds.after_staff, dispatch_uid="patients.visit_feed")
        staff_changed.connect(outbox_verbs.after_staff, dispatch_uid="patients.outbox")
