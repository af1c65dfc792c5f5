from django.apps import AppConfig

from accounts.demo_apart import TRIGGERS


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Who may come in"
    default_auto_field = "django.db.models.BigAutoField"

    triggers = TRIGGERS

    def ready(self) -> None:
        from accounts import password_changes, proof, second_step, sign_ins, tidying, unsent

        proof.connect()
        sign_ins.connect()
        password_changes.connect()
        second_step.listen()
        unsent.listen()
        tidying.plan()
