import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("curriculum", "0001_initial"),
        ("curriculum", "0002_plain_criteria"),
        ("curriculum", "0003_drafts_and_marks"),
        ("curriculum", "0004_cautions"),
        ("curriculum", "0005_variants"),
        ("curriculum", "0006_judged_how"),
        ("curriculum", "0007_asked_later"),
        ("curriculum", "0008_needs_and_references"),
        ("curriculum", "0009_way_back_without_drafts"),
        ("curriculum", "0010_ranges"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Equipment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=100)),
                ("plain_name", models.CharField(help_text="what a patient reads", max_length=100)),
                ("note", models.TextField(blank=True, help_text="what else will do")),
            ],
            options={
                "verbose_name_plural": "equipment",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="Fault",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(help_text="what a clinician reads", max_length=100)),
                ("plain_name", models.CharField(help_text="what a patient reads", max_length=100)),
                ("looks_like", models.TextField()),
                ("why", models.TextField(blank=True)),
                ("what_to_do", models.TextField()),
                (
                    "patient_words",
                    models.TextField(help_text="looks and mend in words that never frighten"),
                ),
                (
                    "clinic_default",
                    models.TextField(blank=True, help_text="the parts that no source says"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "slug"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(help_text="short, to cite it by", max_length=50)),
                ("author", models.CharField(blank=True, max_length=200)),
                ("title", models.CharField(max_length=300)),
                ("note", models.TextField(blank=True)),
                (
                    "references",
                    models.JSONField(
                        blank=True, help_text="what it cites itself, each in full", null=True
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "slug"],
            },
        ),
        migrations.CreateModel(
            name="Drill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(help_text="the clinical name", max_length=100)),
                ("plain_name", models.CharField(help_text="what a patient reads", max_length=100)),
                (
                    "load",
                    models.CharField(
                        choices=[
                            ("none", "No load"),
                            ("band", "Band"),
                            ("weight", "Weight"),
                            ("one-leg", "One leg"),
                        ],
                        default="none",
                        max_length=8,
                    ),
                ),
                ("one_sided", models.BooleanField(default=False)),
                ("when_to_use", models.TextField()),
                (
                    "needs",
                    models.JSONField(
                        blank=True, help_text="what it takes, for a patient", null=True
                    ),
                ),
                ("set_up", models.JSONField(default=list)),
                ("movement", models.JSONField(default=list)),
                ("cues", models.JSONField(default=list)),
                ("watch_for", models.JSONField(default=list)),
                ("feel", models.TextField(blank=True)),
                ("in_your_day", models.TextField(blank=True)),
                (
                    "clinic_default",
                    models.TextField(blank=True, help_text="the parts that no source says"),
                ),
                (
                    "note",
                    models.TextField(blank=True, help_text="what a clinician reads beside it"),
                ),
                ("posture", models.JSONField(blank=True, null=True)),
                (
                    "cautions",
                    models.JSONField(
                        blank=True,
                        help_text="what precautions change; curriculum.cautions reads it",
                        null=True,
                    ),
                ),
                (
                    "variants",
                    models.JSONField(
                        blank=True,
                        help_text="other ways to do it; curriculum.variants reads it",
                        null=True,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "equipment",
                    models.ManyToManyField(
                        blank=True, related_name="drills", to="curriculum.equipment"
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(
                        blank=True, related_name="drills", to="curriculum.source"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("load__in", ["none", "band", "weight", "one-leg"])),
                        name="drill_load_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ladder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("edition", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("summary", models.TextField(blank=True)),
                (
                    "checklist",
                    models.JSONField(
                        default=list, help_text='what a good one is: {"text", "note", "sources"}'
                    ),
                ),
                (
                    "guide",
                    models.JSONField(
                        default=list,
                        help_text='what to know around it: {"title", "text", "sources"}',
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["slug", "-edition"],
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "edition"), name="ladder_edition_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rung",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("position", models.PositiveSmallIntegerField()),
                ("loaded", models.BooleanField()),
                ("name", models.CharField(max_length=100)),
                ("plain_name", models.CharField(max_length=100)),
                ("purpose", models.TextField(blank=True, help_text="what a patient gains here")),
                ("when_to_use", models.TextField(blank=True)),
                (
                    "note",
                    models.TextField(blank=True, help_text="what a clinician reads beside it"),
                ),
                (
                    "ladder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rungs",
                        to="curriculum.ladder",
                    ),
                ),
            ],
            options={
                "ordering": ["ladder", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("ladder", "slug"), name="rung_slug_once"),
                    models.UniqueConstraint(
                        fields=("ladder", "position"), name="rung_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1)), name="rung_position_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remedy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("reason", models.TextField()),
                (
                    "drill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remedies",
                        to="curriculum.drill",
                    ),
                ),
                (
                    "fault",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remedies",
                        to="curriculum.fault",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.source",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "remedies",
                "ordering": ["fault", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("fault", "drill"), name="remedy_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("position", models.PositiveSmallIntegerField()),
                ("setting", models.CharField(blank=True, max_length=200)),
                (
                    "move_on",
                    models.TextField(
                        blank=True, help_text="the sentence that says when to take the next level"
                    ),
                ),
                ("helper", models.BooleanField(default=False)),
                ("home", models.BooleanField(db_default=True, default=True)),
                ("posture", models.JSONField(blank=True, null=True)),
                (
                    "cautions",
                    models.JSONField(
                        blank=True, help_text="where they differ from those of the drill", null=True
                    ),
                ),
                ("sets", models.PositiveSmallIntegerField()),
                ("reps", models.PositiveSmallIntegerField()),
                ("reps_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "seconds",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="seconds down", null=True
                    ),
                ),
                ("rest", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "weekdays",
                    models.PositiveSmallIntegerField(
                        default=127, help_text="bit 0 is Monday; the usual days of practice"
                    ),
                ),
                (
                    "source_dose",
                    models.CharField(
                        blank=True, help_text="the dose as in the source, in words", max_length=200
                    ),
                ),
                (
                    "dose_note",
                    models.CharField(
                        blank=True, help_text="limits of the default dose, in words", max_length=200
                    ),
                ),
                (
                    "drill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="levels",
                        to="curriculum.drill",
                    ),
                ),
                (
                    "rung",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="levels",
                        to="curriculum.rung",
                    ),
                ),
                (
                    "dose_source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.source",
                    ),
                ),
            ],
            options={
                "ordering": ["rung", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("rung", "slug"), name="level_slug_once"),
                    models.UniqueConstraint(
                        fields=("rung", "position"), name="level_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sets__range", (1, 10)),
                            ("reps__range", (1, 50)),
                            ("weekdays__range", (1, 127)),
                        ),
                        name="level_dose_sane",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reps_to__isnull", True),
                                models.Q(("reps_to__gte", models.F("reps")), ("reps_to__lte", 50)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("rest__isnull", True), ("rest__range", (0, 600)), _connector="OR"
                            ),
                        ),
                        name="level_range_sane",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="fault",
            name="sources",
            field=models.ManyToManyField(blank=True, related_name="faults", to="curriculum.source"),
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "plain_text",
                    models.TextField(
                        help_text="what a patient reads; null until loaded again", null=True
                    ),
                ),
                ("hint", models.CharField(blank=True, max_length=200)),
                ("figures", models.JSONField(blank=True, null=True)),
                ("hours_after", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("set_aside_when", models.TextField(blank=True, db_default="", default="")),
                ("placement_reps", models.PositiveSmallIntegerField(default=5)),
                ("always", models.BooleanField(db_default=False, default=False)),
                ("placement_text", models.TextField(blank=True, db_default="", default="")),
                (
                    "clinic_default",
                    models.CharField(
                        blank=True, help_text="the parts that no source says", max_length=200
                    ),
                ),
                (
                    "rung",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="curriculum.rung",
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(
                        blank=True, related_name="criteria", to="curriculum.source"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "criteria",
                "ordering": ["rung", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("rung", "slug"), name="criterion_slug_once"),
                    models.UniqueConstraint(
                        fields=("rung", "position"), name="criterion_position_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FaultPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("posture", models.JSONField()),
                (
                    "drill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fault_pictures",
                        to="curriculum.drill",
                    ),
                ),
                (
                    "fault",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="curriculum.fault",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("fault", "drill"), name="fault_picture_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measure", models.SlugField()),
                ("low", models.SmallIntegerField()),
                ("high", models.SmallIntegerField()),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goals",
                        to="curriculum.level",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("level", "measure"), name="goal_once"),
                    models.CheckConstraint(
                        condition=models.Q(("low__lte", models.F("high"))),
                        name="goal_from_below_to",
                    ),
                ],
            },
        ),
    ]
