"""Keeps which mails did not reach a colleague, and why, for the owner."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0020_news_about_the_sign_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnsentMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("stop", "A patient needs you"),
                            ("invitation", "Invitation"),
                            ("password", "Link for a new password"),
                            ("step_removed", "Second step of sign-in removed"),
                            ("email_changed", "Another e-mail to sign in with"),
                            ("own_sign_in", "Something was changed at the own sign-in"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("unreached", "No mail server can be reached."),
                            ("silent", "The mail server does not answer."),
                            ("unsafe", "The connection to the mail server cannot be secured."),
                            ("sign_in", "The mail server refuses our name or password."),
                            ("sender", "The mail server refuses the address we send from."),
                            (
                                "address",
                                "The mail server refuses this address. Is it spelled right?",
                            ),
                            ("not_now", "The mail server takes no mail to this address for now."),
                            ("refused", "The mail server refuses the mail."),
                            ("late", "It waited for longer than an hour, and was given up."),
                            (
                                "ours",
                                "It could not be written or sent. The log of the server says why.",
                            ),
                        ],
                        max_length=16,
                    ),
                ),
                ("first_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("tries", models.PositiveIntegerField(default=1)),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-last_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("to", "kind"), name="unsent_one_of_a_kind"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "stop",
                                    "invitation",
                                    "password",
                                    "step_removed",
                                    "email_changed",
                                    "own_sign_in",
                                ],
                            ),
                            (
                                "why__in",
                                [
                                    "unreached",
                                    "silent",
                                    "unsafe",
                                    "sign_in",
                                    "sender",
                                    "address",
                                    "not_now",
                                    "refused",
                                    "late",
                                    "ours",
                                ],
                            ),
                        ),
                        name="unsent_codes_known",
                    ),
                ],
            },
        ),
    ]
