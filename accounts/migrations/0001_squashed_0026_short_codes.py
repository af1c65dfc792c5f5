import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.link_models
import accounts.models
import accounts.telephones


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_cover"),
        ("accounts", "0003_staff_of_clinic"),
        ("accounts", "0004_crisis_number"),
        ("accounts", "0005_urgent_mails_again"),
        ("accounts", "0006_pain_by_rise"),
        ("accounts", "0007_whom_to_call"),
        ("accounts", "0008_read_old_words"),
        ("accounts", "0009_easier_days"),
        ("accounts", "0010_formal_names"),
        ("accounts", "0011_sessions_of_our_own"),
        ("accounts", "0012_keep_digests_of_keys"),
        ("accounts", "0013_links_handed_over"),
        ("accounts", "0014_read_after_discharge"),
        ("accounts", "0015_where_from"),
        ("accounts", "0016_second_step"),
        ("accounts", "0017_idle_lock"),
        ("accounts", "0018_sign_on_link"),
        ("accounts", "0019_where_staff_are_signed_in"),
        ("accounts", "0020_news_about_the_sign_in"),
        ("accounts", "0021_mails_that_did_not_leave"),
        ("accounts", "0022_jobs"),
        ("accounts", "0023_carers"),
        ("accounts", "0024_installation"),
        ("accounts", "0025_phone_browser"),
        ("accounts", "0026_short_codes"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Count",
            fields=[
                ("key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.JSONField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Installation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("due", models.DateTimeField(default=django.utils.timezone.now)),
                ("began", models.DateTimeField(blank=True, null=True)),
                ("ended", models.DateTimeField(blank=True, null=True)),
                ("failed", models.DateTimeField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=200)),
                ("alive", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("session_key", models.CharField(max_length=64, primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Clinic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                (
                    "phone",
                    models.CharField(max_length=50, validators=[accounts.telephones.check_signs]),
                ),
                ("emergency_number", models.CharField(blank=True, default="", max_length=50)),
                ("advice_number", models.CharField(blank=True, default="", max_length=50)),
                ("advice_name", models.CharField(blank=True, default="", max_length=100)),
                (
                    "time_zone",
                    models.CharField(
                        default="UTC",
                        max_length=64,
                        validators=[accounts.models.validate_time_zone],
                    ),
                ),
                ("emergency_text", models.TextField(blank=True)),
                ("opening_hours", models.CharField(blank=True, max_length=200)),
                ("hours", models.JSONField(blank=True, null=True)),
                (
                    "crisis_number",
                    models.CharField(
                        blank=True, max_length=50, validators=[accounts.telephones.check_signs]
                    ),
                ),
                ("demo", models.BooleanField(default=False)),
                ("pain_fine_to", models.PositiveSmallIntegerField(default=3)),
                ("pain_fine_rise_to", models.PositiveSmallIntegerField(default=5)),
                ("pain_stop_from", models.PositiveSmallIntegerField(default=6)),
                ("pain_rise_stop", models.PositiveSmallIntegerField(default=3)),
                ("pain_high", models.PositiveSmallIntegerField(default=8)),
                ("pain_rise_high", models.PositiveSmallIntegerField(default=2)),
                (
                    "urgent_again_minutes",
                    models.PositiveSmallIntegerField(db_default=60, default=60),
                ),
                ("easier_days", models.BooleanField(db_default=True, default=True)),
                ("read_after_discharge", models.BooleanField(db_default=True, default=True)),
                ("second_step", models.BooleanField(db_default=False, default=False)),
                ("idle_minutes", models.PositiveSmallIntegerField(db_default=15, default=15)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("urgent_again_minutes__range", (15, 480))),
                        name="clinic_urgent_again_15_480",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("idle_minutes__range", (1, 720))),
                        name="clinic_idle_1_720",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pain_fine_to__gte", 0),
                            ("pain_fine_to__lte", models.F("pain_fine_rise_to")),
                            ("pain_fine_rise_to__lt", models.F("pain_stop_from")),
                            ("pain_stop_from__lte", models.F("pain_high")),
                            ("pain_high__lte", 10),
                        ),
                        name="clinic_pain_limits_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pain_rise_high__gte", 2),
                            ("pain_rise_high__lte", models.F("pain_rise_stop")),
                            ("pain_rise_stop__lte", 5),
                        ),
                        name="clinic_pain_rises_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("advice_number", ""), _negated=True),
                            ("advice_name", ""),
                            _connector="OR",
                        ),
                        name="clinic_advice_line_has_a_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("clinician", "Clinician"),
                            ("patient", "Patient"),
                            ("carer", "Carer"),
                        ],
                        max_length=9,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "formal_name",
                    models.CharField(blank=True, db_default="", default="", max_length=200),
                ),
                ("email", models.EmailField(blank=True, max_length=254, null=True, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now)),
                ("invited_at", models.DateTimeField(blank=True, null=True)),
                ("session_epoch", models.PositiveIntegerField(default=0)),
                (
                    "cover_until",
                    models.DateField(
                        blank=True, help_text="the last day on which the cover stands in", null=True
                    ),
                ),
                (
                    "news_since",
                    models.DateTimeField(
                        blank=True,
                        help_text="from then on others changed the sign-in: accounts.news",
                        null=True,
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="users",
                        to="accounts.clinic",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("email__isnull", False)),
                        fields=["clinic"],
                        name="user_staff_of_clinic",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="user_email_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("email__isnull", True), ("role__in", ("patient", "carer"))),
                            models.Q(
                                ("email__isnull", False), ("role__in", ["owner", "clinician"])
                            ),
                            _connector="OR",
                        ),
                        name="user_staff_have_email",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("invited_at__isnull", True),
                            models.Q(("email__isnull", False), ("is_active", False)),
                            _connector="OR",
                        ),
                        name="user_invited_cannot_come_in_yet",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role__in", ("patient", "carer")), _negated=True),
                            ("formal_name", ""),
                            _connector="OR",
                        ),
                        name="user_formal_name_of_staff",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.SlugField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("request_id", models.CharField(blank=True, max_length=40)),
                ("fields", models.CharField(blank=True, db_default="", default="", max_length=300)),
                ("address", models.CharField(blank=True, db_default="", default="", max_length=45)),
                ("device", models.CharField(blank=True, db_default="", default="", max_length=60)),
                ("refused", models.BooleanField(db_default=False, default=False)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["subject", "-at"], name="event_by_subject"),
                    models.Index(fields=["at"], name="event_by_hour"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PasswordMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Phone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("session_key", models.CharField(max_length=64, unique=True)),
                ("label", models.CharField(max_length=60)),
                ("browser", models.CharField(blank=True, db_default="", default="", max_length=64)),
                ("signed_in_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phones",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-signed_in_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PhoneLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "opaque",
                    models.CharField(
                        default=accounts.link_models.new_opaque, max_length=40, unique=True
                    ),
                ),
                ("generation", models.PositiveIntegerField(default=1)),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("first_used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "first_label",
                    models.CharField(blank=True, db_default="", default="", max_length=60),
                ),
                ("pin_hash", models.CharField(blank=True, max_length=200)),
                ("pin_changed_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "code_digest",
                    models.CharField(blank=True, db_default="", default="", max_length=64),
                ),
                ("code_until", models.DateTimeField(blank=True, null=True)),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phone_link",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("code_digest", ""), _negated=True),
                        fields=("code_digest",),
                        name="phone_link_code_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code_digest", ""), ("code_until", None)),
                            models.Q(
                                models.Q(("code_digest", ""), _negated=True),
                                ("code_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="phone_link_code_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("session_key", models.CharField(max_length=64, unique=True)),
                ("label", models.CharField(blank=True, max_length=60)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("signed_in_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignOnLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.CharField(max_length=255)),
                ("subject", models.CharField(max_length=255)),
                ("linked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issuer", "subject"), name="sign_on_of_one_person"
                    ),
                    models.UniqueConstraint(
                        fields=("user", "issuer"), name="sign_on_by_one_account"
                    ),
                ],
            },
        ),
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
