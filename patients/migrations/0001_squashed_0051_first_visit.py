import datetime

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("patients", "0001_initial"),
        ("patients", "0002_measures"),
        ("patients", "0003_caseload"),
        ("patients", "0004_leads_without_access"),
        ("patients", "0005_goals_and_ends"),
        ("patients", "0006_weights_waited_for"),
        ("patients", "0007_how_a_plan_ended"),
        ("patients", "0008_stops_of_a_morning"),
        ("patients", "0009_review_active_pass"),
        ("patients", "0010_screenings"),
        ("patients", "0011_screened_before"),
        ("patients", "0012_answers_after_a_leg"),
        ("patients", "0013_caseload_classes"),
        ("patients", "0014_messages_read_first"),
        ("patients", "0015_outbox"),
        ("patients", "0016_mails_sent_before"),
        ("patients", "0017_outbox_alone"),
        ("patients", "0018_marks_on_criteria"),
        ("patients", "0019_reports"),
        ("patients", "0020_whose_stops"),
        ("patients", "0021_stops_of_patients"),
        ("patients", "0022_outbox_urgency"),
        ("patients", "0023_identity"),
        ("patients", "0024_slips"),
        ("patients", "0025_look_again"),
        ("patients", "0026_usual_pain"),
        ("patients", "0027_usual_pain_told"),
        ("patients", "0028_pain_limits"),
        ("patients", "0029_easier_days"),
        ("patients", "0030_tries"),
        ("patients", "0031_answer_outcome"),
        ("patients", "0032_before_practice"),
        ("patients", "0033_answers_taken_back"),
        ("patients", "0034_emergency_first"),
        ("patients", "0035_record_notes"),
        ("patients", "0036_prescribed_all_the_same"),
        ("patients", "0037_letters"),
        ("patients", "0038_another_way"),
        ("patients", "0039_what_was_judged"),
        ("patients", "0040_name_parts"),
        ("patients", "0041_names_of_everybody"),
        ("patients", "0042_borrowed_levels"),
        ("patients", "0043_erased_at"),
        ("patients", "0044_namesakes_like_titles"),
        ("patients", "0045_carers"),
        ("patients", "0046_load"),
        ("patients", "0047_days_kept"),
        ("patients", "0048_person_in_the_pictures"),
        ("patients", "0049_load_to_sign"),
        ("patients", "0050_sent_on"),
        ("patients", "0051_first_visit"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0026_short_codes"),
        ("curriculum", "0001_squashed_0010_ranges"),
    ]

    operations = [
        migrations.CreateModel(
            name="SenderBeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Band",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                (
                    "kg_from",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True),
                ),
                (
                    "kg_to",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True),
                ),
                ("marks", models.PositiveSmallIntegerField(default=3)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bands",
                        to="accounts.clinic",
                    ),
                ),
            ],
            options={
                "ordering": ["clinic", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("clinic", "position"),
                        name="band_position_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("position__gte", 1),
                            ("marks__range", (0, 3)),
                            models.Q(("name", ""), _negated=True),
                        ),
                        name="band_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kg_from__isnull", True), ("kg_to__isnull", True)),
                            models.Q(
                                ("kg_from__gt", 0),
                                ("kg_to__gte", models.F("kg_from")),
                                ("kg_to__lte", 200),
                            ),
                            _connector="OR",
                        ),
                        name="band_from_below_to",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200)),
                ("seen_on", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("cleared_on", models.DateField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cleared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "fault",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.fault",
                    ),
                ),
            ],
            options={
                "ordering": ["seen_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fault__isnull", False), ("words", "")),
                            models.Q(
                                ("fault__isnull", True), models.Q(("words", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="finding_fault_or_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cleared_by__isnull", True), ("cleared_on__isnull", True)),
                            models.Q(("cleared_by__isnull", False), ("cleared_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="finding_cleared_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LevelChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField(blank=True)),
                ("until", models.DateField(blank=True, help_text="the last day of it", null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("own", "Level"),
                            ("lower", "Train lower"),
                            ("borrowed", "For now, instead"),
                        ],
                        db_default="own",
                        default="own",
                        max_length=8,
                    ),
                ),
                ("from_day", models.DateField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="borrowed_levels",
                        to="patients.finding",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.level",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finding__isnull", False),
                                ("from_day__isnull", False),
                                ("kind", "borrowed"),
                                ("until__gte", models.F("from_day")),
                                ("until__isnull", False),
                            ),
                            models.Q(
                                ("finding__isnull", True),
                                ("from_day__isnull", True),
                                ("kind__in", ["own", "lower"]),
                            ),
                            _connector="OR",
                        ),
                        name="level_choice_borrowed_for_a_finding",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BorrowedEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on_day", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "choice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended_early",
                        to="patients.levelchoice",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Patient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("formal_name", models.CharField(blank=True, default="", max_length=200)),
                ("born_on", models.DateField(blank=True, null=True)),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("woman", "Woman"), ("man", "Man"), ("other", "Other")],
                        default="",
                        max_length=5,
                    ),
                ),
                ("number", models.CharField(blank=True, default="", max_length=40)),
                ("phone", models.CharField(blank=True, default="", max_length=50)),
                ("other_phone", models.CharField(blank=True, default="", max_length=50)),
                ("email", models.EmailField(blank=True, default="", max_length=254)),
                ("referral_note", models.TextField(blank=True)),
                ("next_visit", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "archived_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="patients",
                        to="accounts.clinic",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_patients",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="patient",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "indexes": [
                    models.Index(fields=["clinic", "name", "id"], name="patient_by_name"),
                    models.Index(
                        condition=models.Q(("archived_at__isnull", True)),
                        fields=["lead"],
                        name="patient_current_of_lead",
                    ),
                    models.Index(
                        condition=models.Q(("born_on__isnull", False)),
                        fields=["clinic", "born_on"],
                        name="patient_by_birth_date",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("clinic", "number"),
                        name="patient_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sex__in", ["", "woman", "man", "other"])),
                        name="patient_sex_as_recorded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("born_on__isnull", True),
                            ("born_on__gte", datetime.date(1900, 1, 1)),
                            _connector="OR",
                        ),
                        name="patient_born_since_1900",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("other_phone", ""),
                            models.Q(("phone", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="patient_phone_before_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PainLimits",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("day", models.DateField()),
                ("until", models.DateField()),
                ("fine_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("stop_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("second", models.CharField(blank=True, max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pain_limits",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "pain limits",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["patient", "-id"], name="pain_limits_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fine_to__isnull", True), ("stop_from__isnull", True)),
                            models.Q(
                                ("fine_to__range", (0, 7)),
                                ("stop_from__gt", models.F("fine_to")),
                                ("stop_from__lte", 10),
                            ),
                            _connector="OR",
                        ),
                        name="pain_limits_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stop_from__isnull", True),
                            ("stop_from__lt", 9),
                            models.Q(("second", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="pain_limits_agreed_by_a_second",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("day"))),
                        name="pain_limits_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outbox",
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
                        choices=[("stop", "About a stop")], default="stop", max_length=8
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("now", "Emergency now"),
                            ("today", "A doctor today"),
                            ("soon", "The physio first, soon"),
                            ("pain", "Pain"),
                        ],
                        max_length=5,
                    ),
                ),
                ("due", models.DateTimeField()),
                ("hour", models.PositiveIntegerField()),
                ("next_try", models.DateTimeField()),
                ("claimed", models.DateTimeField(blank=True, null=True)),
                ("sent", models.DateTimeField(blank=True, null=True)),
                ("opened", models.DateTimeField(blank=True, null=True)),
                ("over", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("repeats", models.PositiveSmallIntegerField(default=0)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.clinic",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "outbox",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("over__isnull", True), ("sent__isnull", True)),
                        fields=["next_try", "clinic"],
                        name="outbox_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("over__isnull", True), ("sent__isnull", True)),
                        fields=["clinic", "due"],
                        name="outbox_waiting_in_clinic",
                    ),
                    models.Index(
                        condition=models.Q(("opened__isnull", True), ("sent__isnull", False)),
                        fields=["patient"],
                        name="outbox_not_opened",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("to", "patient", "urgency", "hour"), name="outbox_one_an_hour"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["stop"]),
                            ("urgency__in", ["now", "today", "soon", "pain"]),
                        ),
                        name="outbox_codes_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent__isnull", True), ("over__isnull", True), _connector="OR"
                        ),
                        name="outbox_sent_or_needless",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opened__isnull", True), ("sent__isnull", False), _connector="OR"
                        ),
                        name="outbox_opened_once_sent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NamePart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("spelling", models.CharField(max_length=60)),
                (
                    "clinic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.clinic",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_parts",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["clinic", "spelling", "patient"],
                        name="name_part_begins",
                        opclasses=["int8_ops", "varchar_pattern_ops", "int8_ops"],
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("patient", "spelling"), name="name_part_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LookedAgain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("words", models.TextField(blank=True)),
                ("look_again_on", models.DateField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "verbose_name": "look",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("addressee", models.TextField()),
                ("why", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
                ("text", models.TextField()),
                ("client_id", models.CharField(blank=True, default="", max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "takes_back",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back_by",
                        to="patients.letter",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_id", ""), _negated=True),
                        fields=("patient", "client_id"),
                        name="letter_form_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("usual_pain", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "goal",
                    models.TextField(
                        blank=True, help_text="the patient's own goal, in their words"
                    ),
                ),
                ("precautions", models.JSONField(default=list, help_text="list of {key, note}")),
                (
                    "equipment",
                    models.JSONField(default=list, help_text="slugs of equipment at home"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intakes",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("usual_pain__isnull", True),
                            ("usual_pain__range", (0, 10)),
                            _connector="OR",
                        ),
                        name="intake_usual_pain_0_10",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HomeWeights",
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
                            ("bag", "Bag"),
                            ("backpack", "Backpack"),
                            ("bottle", "Bottles of water"),
                            ("dumbbell", "Dumbbells"),
                            ("kettlebell", "Kettlebells"),
                            ("bar", "Bar with plates"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("kilograms", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="home_weights",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "weights at home",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "bag",
                                    "backpack",
                                    "bottle",
                                    "dumbbell",
                                    "kettlebell",
                                    "bar",
                                    "other",
                                ],
                            )
                        ),
                        name="home_weights_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FirstVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "saved",
                    models.CharField(
                        choices=[
                            ("who", "Who"),
                            ("story", "Story"),
                            ("see", "See"),
                            ("dose", "Dose"),
                            ("hand_over", "Hand over"),
                        ],
                        default="who",
                        max_length=9,
                    ),
                ),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "set_aside",
                    models.CharField(blank=True, db_default="", default="", max_length=500),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_visit",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("saved__in", ["who", "story", "see", "dose", "hand_over"])
                        ),
                        name="first_visit_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="first_visit_ended_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawnPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "build",
                    models.CharField(
                        choices=[
                            ("slim", "Slim"),
                            ("medium", "In between"),
                            ("curved", "Fuller chest"),
                            ("broad", "Broad"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "hair",
                    models.CharField(
                        choices=[
                            ("short", "Short"),
                            ("curls", "Curls"),
                            ("long", "Long"),
                            ("tied", "Tied back"),
                            ("bun", "Bun"),
                            ("sides", "Only at the sides"),
                            ("bald", "None"),
                            ("headscarf", "Headscarf"),
                            ("turban", "Turban"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "hair_colour",
                    models.CharField(
                        choices=[
                            ("black", "Black"),
                            ("brown", "Brown"),
                            ("red", "Red"),
                            ("fair", "Fair"),
                            ("grey", "Grey"),
                            ("white", "White"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "skin",
                    models.CharField(
                        choices=[
                            ("1", "Very light"),
                            ("2", "Light"),
                            ("3", "Light brown"),
                            ("4", "Brown"),
                            ("5", "Dark brown"),
                            ("6", "Very dark"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "clothes",
                    models.CharField(
                        choices=[
                            ("tee", "T-shirt and long trousers"),
                            ("vest", "Top without sleeves"),
                            ("sleeves", "Long sleeves"),
                            ("shorts", "T-shirt and shorts"),
                            ("tunic", "Long top with long sleeves"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "top",
                    models.CharField(
                        choices=[
                            ("blue", "Blue"),
                            ("plum", "Plum"),
                            ("green", "Green"),
                            ("brick", "Brick red"),
                            ("ochre", "Ochre"),
                        ],
                        max_length=5,
                    ),
                ),
                ("glasses", models.BooleanField(default=False)),
                ("beard", models.BooleanField(default=False)),
                (
                    "patient",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn_as",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("build__in", ["slim", "medium", "curved", "broad"]),
                            ("clothes__in", ["tee", "vest", "sleeves", "shorts", "tunic"]),
                            (
                                "hair__in",
                                [
                                    "short",
                                    "curls",
                                    "long",
                                    "tied",
                                    "bun",
                                    "sides",
                                    "bald",
                                    "headscarf",
                                    "turban",
                                ],
                            ),
                            ("hair_colour__in", ["black", "brown", "red", "fair", "grey", "white"]),
                            ("skin__in", ["1", "2", "3", "4", "5", "6"]),
                            ("top__in", ["blue", "plum", "green", "brick", "ochre"]),
                        ),
                        name="drawn_person_can_be_drawn",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Carer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("named_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("may_read", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carer",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carers",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_by__isnull", True), ("ended_at__isnull", False), _connector="OR"
                        ),
                        name="carer_ended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("may_read", False), _connector="OR"
                        ),
                        name="carer_reads_while_it_runs",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("words", models.CharField(max_length=120)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "activities",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("patient", "position"),
                        name="activity_one_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__range", (1, 3))),
                        name="activity_three_at_most",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("assigned_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "discharged",
                    models.BooleanField(
                        default=False, help_text="ended by the patient's discharge"
                    ),
                ),
                (
                    "assigned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.clinic",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "goal_rung",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.rung",
                    ),
                ),
                (
                    "ladder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.ladder",
                    ),
                ),
                (
                    "moved_from",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved_to",
                        to="patients.plan",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("patient",),
                        name="plan_one_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("discharged", False), ("ended_on__isnull", False), _connector="OR"
                        ),
                        name="plan_discharged_has_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_day", models.DateField()),
                ("until", models.DateField(blank=True, help_text="the last day away", null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "resumed_on",
                    models.DateField(
                        blank=True, help_text="the first day back, once known", null=True
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="patients.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["from_day", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("resumed_on__isnull", True)),
                        fields=("plan",),
                        name="pause_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("from_day")),
                            _connector="OR",
                        ),
                        name="pause_until_after_from",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PatientSummary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("archived", models.BooleanField(default=False)),
                ("stop_since", models.DateTimeField(blank=True, null=True)),
                ("unread_since", models.DateTimeField(blank=True, null=True)),
                ("amber_since", models.DateField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "unscreened_since",
                    models.DateTimeField(
                        blank=True, help_text="on a plan and never screened", null=True
                    ),
                ),
                (
                    "follow_up_on",
                    models.DateField(
                        blank=True,
                        help_text="the day on which somebody looks at the patient again",
                        null=True,
                    ),
                ),
                ("ready_since", models.DateField(blank=True, null=True)),
                (
                    "ready_until",
                    models.DateField(
                        blank=True, help_text="the last day on which the numbers suffice", null=True
                    ),
                ),
                (
                    "weight_from",
                    models.DateField(
                        blank=True,
                        help_text="the day from which on a weight is waited for",
                        null=True,
                    ),
                ),
                (
                    "sign_from",
                    models.DateField(
                        blank=True,
                        help_text="the day from which on a change of load waits for a signature",
                        null=True,
                    ),
                ),
                (
                    "sign_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "Nothing proposed"),
                            ("restart", "A lighter start"),
                            ("hold", "The same again"),
                            ("back", "One step back"),
                            ("fewer", "Fewer repetitions"),
                            ("return", "Towards the weight from before"),
                            ("sets", "One more set"),
                            ("reps", "More repetitions"),
                            ("weight", "More weight"),
                            ("big_step", "A big step in weight"),
                            ("pause", "A pause at the bottom"),
                            ("slow", "Slower on the way down"),
                            ("keep", "Keep it as it is"),
                        ],
                        db_default="",
                        default="",
                        max_length=8,
                    ),
                ),
                (
                    "visit_step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("who", "Who"),
                            ("story", "Story"),
                            ("see", "See"),
                            ("dose", "Dose"),
                            ("hand_over", "Hand over"),
                        ],
                        db_default="",
                        default="",
                        help_text="the step of an unfinished first visit that waits",
                        max_length=9,
                    ),
                ),
                (
                    "link_from",
                    models.DateField(
                        blank=True,
                        help_text="the day the unopened link becomes a matter",
                        null=True,
                    ),
                ),
                ("quiet_from", models.DateField(blank=True, null=True)),
                ("new_since", models.DateField(blank=True, null=True)),
                ("last_practice", models.DateField(blank=True, null=True)),
                ("last_pain", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (9, "Stopped: emergency"),
                            (10, "Stopped: a doctor today"),
                            (11, "Stopped: numbness or a fall"),
                            (12, "Stopped: high pain"),
                            (13, "Stopped"),
                            (20, "Pain below the knee"),
                            (21, "Usual pain went up"),
                            (30, "Message to read first"),
                            (31, "Message"),
                            (50, "Easing off"),
                            (60, "Asked for a review"),
                            (85, "First visit unfinished"),
                            (90, "To screen"),
                            (120, "New"),
                            (130, "Not cleared"),
                            (140, "On track"),
                        ],
                        null=True,
                    ),
                ),
                ("waits_since", models.DateTimeField(blank=True, null=True)),
                ("sorts_as", models.CharField(blank=True, max_length=450)),
                (
                    "same_as",
                    models.CharField(blank=True, db_default="", default="", max_length=450),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.clinic",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="summary",
                        to="patients.patient",
                    ),
                ),
                (
                    "rung",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.rung",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.plan",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "patient summaries",
                "indexes": [
                    models.Index(fields=["clinic", "sorts_as", "patient"], name="summary_by_name"),
                    models.Index(fields=["clinic", "same_as"], name="summary_namesakes"),
                    models.Index(
                        condition=models.Q(("rank__lt", 120)),
                        fields=["clinic", "rank", "waits_since", "patient"],
                        name="summary_clinic_waits",
                    ),
                    models.Index(
                        condition=models.Q(("follow_up_on__isnull", False)),
                        fields=["clinic", "follow_up_on", "patient"],
                        name="summary_clinic_follow",
                    ),
                    models.Index(
                        condition=models.Q(("rank", 140), ("ready_until__isnull", False)),
                        fields=["clinic", "ready_until", "ready_since", "patient"],
                        name="summary_clinic_ready",
                    ),
                    models.Index(
                        condition=models.Q(("rank", 140), ("weight_from__isnull", False)),
                        fields=["clinic", "weight_from", "patient"],
                        name="summary_clinic_weight",
                    ),
                    models.Index(
                        condition=models.Q(("rank__gte", 120), ("link_from__isnull", False)),
                        fields=["clinic", "link_from", "patient"],
                        name="summary_clinic_link",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("rank", 140),
                            ("link_from__isnull", True),
                            ("quiet_from__isnull", False),
                        ),
                        fields=["clinic", "quiet_from", "patient"],
                        name="summary_clinic_quiet",
                    ),
                    models.Index(
                        condition=models.Q(("rank", 140), ("sign_from__isnull", False)),
                        fields=["clinic", "sign_from", "patient"],
                        name="summary_clinic_sign",
                    ),
                    models.Index(
                        condition=models.Q(("rank", 120)),
                        fields=["clinic", "new_since", "patient"],
                        name="summary_clinic_new",
                    ),
                    models.Index(
                        condition=models.Q(("rank", 130)),
                        fields=["clinic", "follow_up_on", "patient"],
                        name="summary_clinic_barred",
                    ),
                    models.Index(
                        condition=models.Q(("rank", 140), ("quiet_from__isnull", True)),
                        fields=["clinic", "patient"],
                        name="summary_clinic_away",
                    ),
                    models.Index(
                        condition=models.Q(("rank__lt", 120)),
                        fields=["lead", "rank", "waits_since", "patient"],
                        name="summary_lead_waits",
                    ),
                    models.Index(
                        condition=models.Q(("follow_up_on__isnull", False)),
                        fields=["lead", "follow_up_on", "patient"],
                        name="summary_lead_follow",
                    ),
                    models.Index(
                        condition=models.Q(("rank", 140), ("ready_until__isnull", False)),
                        fields=["lead", "ready_until", "ready_since", "patient"],
                        name="summary_lead_ready",
                    ),
                    models.Index(
                        condition=models.Q(("rank", 140), ("weight_from__isnull", False)),
                        fields=["lead", "weight_from", "patient"],
                        name="summary_lead_weight",
                    ),
                    models.Index(
                        condition=models.Q(("rank__gte", 120), ("link_from__isnull", False)),
                        fields=["lead", "link_from", "patient"],
                        name="summary_lead_link",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("rank", 140),
                            ("link_from__isnull", True),
                            ("quiet_from__isnull", False),
                        ),
                        fields=["lead", "quiet_from", "patient"],
                        name="summary_lead_quiet",
                    ),
                    models.Index(
                        condition=models.Q(("rank", 140), ("sign_from__isnull", False)),
                        fields=["lead", "sign_from", "patient"],
                        name="summary_lead_sign",
                    ),
                    models.Index(
                        condition=models.Q(("rank", 120)),
                        fields=["lead", "new_since", "patient"],
                        name="summary_lead_new",
                    ),
                    models.Index(
                        condition=models.Q(("rank", 130)),
                        fields=["lead", "follow_up_on", "patient"],
                        name="summary_lead_barred",
                    ),
                    models.Index(
                        condition=models.Q(("rank", 140), ("quiet_from__isnull", True)),
                        fields=["lead", "patient"],
                        name="summary_lead_away",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="levelchoice",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="level_choices",
                to="patients.plan",
            ),
        ),
        migrations.CreateModel(
            name="GoalChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "before",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.rung",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rung",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.rung",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goal_changes",
                        to="patients.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="finding",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="patients.plan",
            ),
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("sets", models.JSONField(default=list)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.level",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="patients.plan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "day"), name="draft_one_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("done_on", models.DateField()),
                ("client_id", models.CharField(max_length=64)),
                ("sets", models.JSONField(default=list)),
                ("pain", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("before", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "effort",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("easy", "Easy"),
                            ("right", "About right"),
                            ("hard", "Hard"),
                            ("stopped", "Had to stop"),
                        ],
                        max_length=7,
                        null=True,
                    ),
                ),
                (
                    "why_stopped",
                    models.CharField(
                        blank=True,
                        choices=[("pain", "Pain"), ("tired", "Tired"), ("time", "No time")],
                        max_length=5,
                        null=True,
                    ),
                ),
                (
                    "leg",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No"),
                            ("below_knee", "Pain below the knee"),
                            ("numb", "Numbness or tingling"),
                            ("weak", "Weakness"),
                        ],
                        max_length=10,
                        null=True,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "band",
                    models.CharField(
                        blank=True,
                        choices=[("fine", "Fine"), ("ease", "Ease off"), ("stop", "Stop")],
                        max_length=4,
                        null=True,
                    ),
                ),
                ("paper", models.BooleanField(default=False)),
                ("easier", models.BooleanField(db_default=False, default=False)),
                ("borrowed", models.BooleanField(db_default=False, default=False)),
                ("reserve", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="patients.practice",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.level",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="patients.plan",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "practice",
                "ordering": ["done_on", "pk"],
                "indexes": [
                    models.Index(fields=["plan", "-done_on"], name="practice_newest_first")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "client_id"), name="practice_client_id_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", True)),
                        fields=("plan", "done_on"),
                        name="practice_one_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pain__isnull", True), ("pain__range", (0, 10)), _connector="OR"
                        ),
                        name="practice_pain_0_10",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("before__isnull", True), ("before__range", (0, 10)), _connector="OR"
                        ),
                        name="practice_before_0_10",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("effort__isnull", True),
                                ("effort__in", ["easy", "right", "hard", "stopped"]),
                                _connector="OR",
                            ),
                            models.Q(
                                ("why_stopped__isnull", True),
                                ("why_stopped__in", ["pain", "tired", "time"]),
                                _connector="OR",
                            ),
                            models.Q(
                                ("leg__isnull", True),
                                ("leg__in", ["none", "below_knee", "numb", "weak"]),
                                _connector="OR",
                            ),
                            models.Q(
                                ("band__isnull", True),
                                ("band__in", ["fine", "ease", "stop"]),
                                _connector="OR",
                            ),
                        ),
                        name="practice_codes_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reserve__isnull", True), ("reserve__range", (0, 4)), _connector="OR"
                        ),
                        name="practice_reserve_0_4",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Morning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pain", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("worse", models.BooleanField(null=True)),
                (
                    "band",
                    models.CharField(
                        blank=True,
                        choices=[("fine", "Fine"), ("ease", "Ease off"), ("stop", "Stop")],
                        max_length=4,
                        null=True,
                    ),
                ),
                (
                    "client_id",
                    models.CharField(blank=True, db_default="", default="", max_length=64),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mornings",
                        to="patients.practice",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pain__isnull", True), ("pain__range", (0, 10)), _connector="OR"
                        ),
                        name="morning_pain_0_10",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("client_id", ""), _negated=True),
                        fields=("practice", "client_id"),
                        name="morning_client_id_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Prescription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sets", models.PositiveSmallIntegerField()),
                ("reps", models.PositiveSmallIntegerField()),
                ("reps_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("seconds", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("pause", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("rest", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "load",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True),
                ),
                (
                    "max_kg",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True),
                ),
                ("mark", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reserve", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("per_side", models.BooleanField(default=False)),
                ("max_depth", models.CharField(blank=True, max_length=200)),
                ("word", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True, db_default="", default="")),
                (
                    "reason_for",
                    models.CharField(blank=True, db_default="", default="", max_length=500),
                ),
                ("at_home", models.BooleanField(db_default=False, default=False)),
                ("variant", models.CharField(blank=True, db_default="", default="", max_length=50)),
                (
                    "signed_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "Nothing proposed"),
                            ("restart", "A lighter start"),
                            ("hold", "The same again"),
                            ("back", "One step back"),
                            ("fewer", "Fewer repetitions"),
                            ("return", "Towards the weight from before"),
                            ("sets", "One more set"),
                            ("reps", "More repetitions"),
                            ("weight", "More weight"),
                            ("big_step", "A big step in weight"),
                            ("pause", "A pause at the bottom"),
                            ("slow", "Slower on the way down"),
                            ("keep", "Keep it as it is"),
                        ],
                        db_default="",
                        default="",
                        max_length=8,
                    ),
                ),
                ("why_more", models.TextField(blank=True, db_default="", default="")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "band",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.band",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.level",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prescriptions",
                        to="patients.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sets__range", (1, 10)),
                            ("reps__range", (1, 50)),
                            models.Q(
                                ("seconds__isnull", True),
                                ("seconds__range", (1, 60)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("load__isnull", True), ("load__range", (0.5, 300)), _connector="OR"
                            ),
                        ),
                        name="prescription_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reps_to__isnull", True),
                                models.Q(("reps_to__gte", models.F("reps")), ("reps_to__lte", 50)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("pause__isnull", True), ("pause__range", (1, 10)), _connector="OR"
                            ),
                            models.Q(
                                ("rest__isnull", True), ("rest__range", (0, 600)), _connector="OR"
                            ),
                            models.Q(
                                ("reserve__isnull", True),
                                ("reserve__range", (0, 4)),
                                _connector="OR",
                            ),
                            (
                                "signed_for__in",
                                [
                                    "",
                                    "restart",
                                    "back",
                                    "fewer",
                                    "return",
                                    "sets",
                                    "reps",
                                    "weight",
                                    "big_step",
                                    "pause",
                                    "slow",
                                ],
                            ),
                        ),
                        name="prescription_load_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mark__isnull", True),
                            models.Q(("band__isnull", False), ("mark__range", (0, 3))),
                            _connector="OR",
                        ),
                        name="prescription_mark_of_a_band",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("max_kg__isnull", True),
                            models.Q(
                                ("max_kg__range", (0.5, 300)),
                                models.Q(
                                    ("load__isnull", True),
                                    ("load__lte", models.F("max_kg")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="prescription_up_to_its_cap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("score", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="patients.activity",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["day", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__range", (0, 10))), name="rating_0_10"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("told", "Told"),
                            ("seen", "Seen"),
                            ("judged", "Judged"),
                            ("decided", "Decided, advised"),
                        ],
                        max_length=7,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("client_id", models.CharField(blank=True, default="", max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record_notes",
                        to="patients.patient",
                    ),
                ),
                (
                    "takes_back",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back_by",
                        to="patients.recordnote",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["told", "seen", "judged", "decided"])),
                        name="record_note_part_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("client_id", ""), _negated=True),
                        fields=("patient", "client_id"),
                        name="record_note_form_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("client_id", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "asked",
                    models.CharField(
                        choices=[
                            ("now", "How is it today?"),
                            ("before", "Before practice"),
                            ("log", "With the log"),
                        ],
                        max_length=6,
                    ),
                ),
                ("pain", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("kinds", models.JSONField(blank=True, default=list)),
                (
                    "since",
                    models.CharField(
                        blank=True,
                        choices=[("today", "Today"), ("week", "This week"), ("longer", "Longer")],
                        max_length=6,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("now", "Emergency now"),
                            ("today", "A doctor today"),
                            ("soon", "The physio first, soon"),
                            ("note", "Note"),
                            ("none", "Nothing new"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="patients.patient",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later_reports",
                        to="patients.practice",
                    ),
                ),
                (
                    "takes_back",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back_by",
                        to="patients.report",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["patient", "-day"], name="report_newest_first")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("patient", "client_id"), name="report_client_id_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pain__isnull", True), ("pain__range", (0, 10)), _connector="OR"
                        ),
                        name="report_pain_0_10",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked__in", ["now", "before", "log"]),
                            ("urgency__in", ["now", "today", "soon", "note", "none"]),
                            ("since__in", ["", "today", "week", "longer"]),
                        ),
                        name="report_codes_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="practice",
            name="report",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entry",
                to="patients.report",
            ),
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_patient", models.BooleanField()),
                (
                    "client_id",
                    models.CharField(blank=True, db_default="", default="", max_length=64),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text", models.TextField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("read_first", models.BooleanField(db_default=False, default=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="patients.patient",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="patients.plan",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.practice",
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="message",
                        to="patients.report",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["plan", "at"],
                        name="message_unread",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("read_first", False), ("from_patient", True), _connector="OR"
                        ),
                        name="message_read_first_is_of_a_patient",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("client_id", ""), _negated=True),
                        fields=("patient", "client_id"),
                        name="message_client_id_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
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
                            ("gate", "At the gate"),
                            ("placement", "Placement"),
                            ("carried", "Carried over"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("passed", "Passed"), ("not_yet", "Not yet")], max_length=7
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("note", models.TextField(blank=True)),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="and_above",
                        to="patients.review",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="patients.plan",
                    ),
                ),
                (
                    "rung",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.rung",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["passed", "not_yet"]),
                            ("kind__in", ["gate", "placement", "carried"]),
                        ),
                        name="review_codes_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rung",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.rung",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passes",
                        to="patients.plan",
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="active_pass",
                        to="patients.review",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "passes",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("plan", "rung"), name="pass_once")],
            },
        ),
        migrations.CreateModel(
            name="ReviewRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("words", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.review",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_requests",
                        to="patients.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("plan",),
                        name="review_request_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewTick",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("applies", models.BooleanField(db_default=True, default=True)),
                ("why", models.CharField(blank=True, db_default="", default="", max_length=250)),
                ("figure", models.JSONField(blank=True, null=True)),
                ("variant", models.CharField(blank=True, db_default="", default="", max_length=50)),
                ("judged", models.TextField(blank=True, db_default="", default="")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.criterion",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.level",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ticks",
                        to="patients.review",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "criterion"), name="review_tick_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weekdays", models.PositiveSmallIntegerField()),
                ("from_day", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("kept_running", models.BooleanField(db_default=False, default=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schedules",
                        to="patients.plan",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schedules",
                        to="patients.review",
                    ),
                ),
            ],
            options={
                "ordering": ["from_day", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weekdays__range", (1, 127))),
                        name="schedule_weekdays_1_127",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("cleared", "Cleared"),
                            ("cleared_with_limits", "Cleared, with limits"),
                            ("not_cleared", "Not cleared"),
                            ("not_recorded", "Not recorded"),
                        ],
                        max_length=19,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("look_again_on", models.DateField(blank=True, null=True)),
                ("examined_on", models.DateField(blank=True, null=True)),
                ("examined_by", models.CharField(blank=True, max_length=200)),
                ("finding", models.TextField(blank=True)),
                (
                    "travels",
                    models.CharField(blank=True, db_default="", default="", max_length=200),
                ),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["patient", "-id"], name="screening_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                ["cleared", "cleared_with_limits", "not_cleared", "not_recorded"],
                            )
                        ),
                        name="screening_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by__isnull", False), ("outcome", "not_recorded"), _connector="OR"
                        ),
                        name="screening_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("look_again_on__isnull", False), ("outcome", "not_cleared")),
                            models.Q(
                                models.Q(("outcome", "not_cleared"), _negated=True),
                                ("look_again_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="screening_looked_at_again",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Precaution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField()),
                ("fields", models.JSONField(default=dict)),
                ("note", models.TextField(blank=True)),
                ("asked_on", models.DateField()),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="precautions",
                        to="patients.screening",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("screening", "key"), name="precaution_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScreeningItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField()),
                (
                    "answer",
                    models.CharField(
                        choices=[("no", "Nothing new"), ("yes", "Yes"), ("not_asked", "Not asked")],
                        max_length=9,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("asked_on", models.DateField(blank=True, null=True)),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="patients.screening",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("screening", "key"), name="screening_item_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["no", "yes", "not_asked"])),
                        name="screening_answer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", "not_asked"), ("asked_on__isnull", False), _connector="OR"
                        ),
                        name="screening_item_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("pain", "Pain"),
                            ("morning", "The morning after"),
                            ("flare", "More pain before practice"),
                            ("below_knee", "Pain below the knee"),
                            ("numb", "Numbness or tingling in the leg"),
                            ("fall", "A bad fall"),
                            ("weak", "Weakness in the leg"),
                            ("today", "A doctor needs to look today"),
                            ("now", "An emergency sign"),
                        ],
                        max_length=10,
                    ),
                ),
                ("high", models.BooleanField(db_default=False, default=False)),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "morning",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="patients.morning",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="patients.patient",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="patients.plan",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="patients.practice",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="patients.report",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("practice__isnull", False), ("report__isnull", True)),
                            models.Q(
                                ("morning__isnull", True),
                                ("practice__isnull", True),
                                ("report__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="stop_has_one_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("morning__isnull", True), ("cause", "morning"), _connector="OR"
                        ),
                        name="stop_of_a_morning_has_its_cause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "cause__in",
                                [
                                    "pain",
                                    "morning",
                                    "flare",
                                    "below_knee",
                                    "numb",
                                    "fall",
                                    "weak",
                                    "today",
                                    "now",
                                ],
                            )
                        ),
                        name="stop_cause_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("high", False), ("cause__in", ("pain", "morning")), _connector="OR"
                        ),
                        name="stop_high_of_pain",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StopAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("carry_on", "Carry on"),
                            ("lower", "Train lower for a while"),
                            ("pause", "Pause"),
                            ("withdraw", "Withdraw a rung"),
                            ("corrected", "Wrong number, corrected"),
                        ],
                        max_length=9,
                    ),
                ),
                ("word", models.TextField(blank=True)),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("spoken", "Spoken to"),
                            ("seen", "Seen here"),
                            ("sent_on", "Sent on"),
                            ("letter", "Letter"),
                        ],
                        db_default="",
                        default="",
                        max_length=7,
                    ),
                ),
                ("contact_at", models.DateTimeField(blank=True, null=True)),
                ("finding", models.TextField(blank=True, db_default="", default="")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cleared", "Cleared"),
                            ("cleared_with_limits", "Cleared, with limits"),
                            ("not_cleared", "Not cleared"),
                            ("not_recorded", "Not recorded"),
                        ],
                        db_default="",
                        default="",
                        max_length=19,
                    ),
                ),
                ("look_again_on", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="others",
                        to="patients.stopanswer",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stop",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="patients.stop",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact", ""), ("contact_at__isnull", True)),
                            models.Q(
                                ("contact__in", ["spoken", "seen", "sent_on", "letter"]),
                                ("contact_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="stop_answer_contact_has_its_moment",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="stop",
            name="reopens",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reopened_by",
                to="patients.stopanswer",
            ),
        ),
        migrations.AddField(
            model_name="screening",
            name="answer",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="screening",
                to="patients.stopanswer",
            ),
        ),
        migrations.CreateModel(
            name="StopTry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("day", models.DateField()),
                ("try_again_at", models.DateTimeField()),
                ("words", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tries",
                        to="patients.stop",
                    ),
                ),
            ],
            options={
                "verbose_name": "try",
                "verbose_name_plural": "tries",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("try_again_at__gt", models.F("at"))),
                        name="stop_try_again_later",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tick",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("applies", models.BooleanField(db_default=True, default=True)),
                ("why", models.CharField(blank=True, db_default="", default="", max_length=250)),
                ("figure", models.JSONField(blank=True, null=True)),
                ("variant", models.CharField(blank=True, db_default="", default="", max_length=50)),
                ("judged", models.TextField(blank=True, db_default="", default="")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.criterion",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.level",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ticks",
                        to="patients.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "criterion"), name="tick_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applies", True), ("why", "")),
                            models.Q(("applies", False), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="tick_applies_or_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UsualPain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("day", models.DateField()),
                ("pain", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("accepted", models.BooleanField()),
                ("word", models.TextField(blank=True)),
                (
                    "accepts",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accepted_by",
                        to="patients.usualpain",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="usual_pains",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["patient", "-id"], name="usual_pain_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pain__isnull", True), ("pain__range", (0, 10)), _connector="OR"
                        ),
                        name="usual_pain_0_10",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepts__isnull", True),
                            models.Q(("accepted", True), ("pain__isnull", False)),
                            _connector="OR",
                        ),
                        name="usual_pain_seen_counts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("who", "Who"),
                            ("story", "Story"),
                            ("see", "See"),
                            ("dose", "Dose"),
                            ("hand_over", "Hand over"),
                        ],
                        max_length=9,
                    ),
                ),
                ("typed", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="patients.firstvisit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("visit", "step"), name="visit_draft_one_a_step"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ["who", "story", "see", "dose", "hand_over"])
                        ),
                        name="visit_draft_step_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "kind",
                    models.CharField(
                        choices=[("lost", "The skill is lost"), ("slip", "Pressed by mistake")],
                        db_default="lost",
                        default="lost",
                        max_length=4,
                    ),
                ),
                ("reason", models.TextField()),
                ("to_patient", models.TextField(blank=True, db_default="", default="")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.withdrawal",
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="patients.review",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["lost", "slip"])),
                        name="withdrawal_kind_known",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cleared_on__isnull", True)),
                fields=("plan", "fault"),
                name="finding_fault_once_uncleared",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cleared_on__isnull", True), ("fault__isnull", True)),
                fields=("plan", "words"),
                name="finding_words_once_uncleared",
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("morning__isnull", True), ("reopens__isnull", True)),
                fields=("practice", "cause"),
                name="stop_once_a_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reopens__isnull", True)),
                fields=("morning",),
                name="stop_once_a_morning",
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reopens__isnull", True)),
                fields=("report", "cause"),
                name="stop_once_a_report_and_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reopened_at__isnull", True), ("reopens__isnull", True)),
                    models.Q(("reopened_at__isnull", False), ("reopens__isnull", False)),
                    _connector="OR",
                ),
                name="stop_reopened_has_its_moment",
            ),
        ),
    ]
