from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "law"
    verbose_name = "What the law asks of data about people"
    default_auto_field = "django.db.models.BigAutoField"
