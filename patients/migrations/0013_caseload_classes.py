"""Give every class of the caseload a number of its own, and the follow-up its day."""

from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import Case, When

#: What the old ranks are called now. ``refresh_summaries`` tells the rest apart.
RANKS = {1: 13, 2: 31, 3: 50, 4: 60, 5: 90, 8: 120, 9: 140}


def rank_anew(apps: Any, schema_editor: Any) -> None:
    Summary = apps.get_model("patients", "PatientSummary")
    known = [When(rank=old, then=new) for old, new in RANKS.items()]
    Summary.objects.filter(rank__in=RANKS).update(rank=Case(*known))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_staff_of_clinic"),
        ("curriculum", "0002_plain_criteria"),
        ("patients", "0012_answers_after_a_leg"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_clinic_waits",
        ),
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_clinic_ready",
        ),
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_clinic_link",
        ),
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_clinic_quiet",
        ),
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_clinic_new",
        ),
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_clinic_away",
        ),
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_lead_waits",
        ),
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_lead_ready",
        ),
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_lead_link",
        ),
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_lead_quiet",
        ),
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_lead_new",
        ),
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_lead_away",
        ),
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_clinic_weight",
        ),
        migrations.RemoveIndex(
            model_name="patientsummary",
            name="summary_lead_weight",
        ),
        migrations.RenameField("patientsummary", "look_again_on", "follow_up_on"),
        migrations.AlterField(
            model_name="patientsummary",
            name="follow_up_on",
            field=models.DateField(
                blank=True,
                help_text="the day on which somebody looks at the patient again",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="patientsummary",
            name="rank",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[
                    (10, "Stopped: urgent"),
                    (11, "Stopped: numbness or a fall"),
                    (12, "Stopped: high pain"),
                    (13, "Stopped"),
                    (20, "Pain below the knee"),
                    (21, "Usual pain went up"),
                    (30, "Message to read first"),
                    (31, "Message"),
                    (50, "Easing off"),
                    (60, "Asked for a review"),
                    (90, "To screen"),
                    (120, "New"),
                    (130, "Not cleared"),
                    (140, "On track"),
                ],
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="patientsummary",
            name="unscreened_since",
            field=models.DateTimeField(
                blank=True, help_text="on a plan and never screened", null=True
            ),
        ),
        migrations.RunPython(rank_anew, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank__lt", 120)),
                fields=["clinic", "rank", "waits_since", "patient"],
                name="summary_clinic_waits",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("follow_up_on__isnull", False)),
                fields=["clinic", "follow_up_on", "patient"],
                name="summary_clinic_follow",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 140), ("ready_until__isnull", False)),
                fields=["clinic", "ready_until", "ready_since", "patient"],
                name="summary_clinic_ready",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 140), ("weight_from__isnull", False)),
                fields=["clinic", "weight_from", "patient"],
                name="summary_clinic_weight",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank__gte", 120), ("link_from__isnull", False)),
                fields=["clinic", "link_from", "patient"],
                name="summary_clinic_link",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(
                    ("rank", 140), ("link_from__isnull", True), ("quiet_from__isnull", False)
                ),
                fields=["clinic", "quiet_from", "patient"],
                name="summary_clinic_quiet",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 120)),
                fields=["clinic", "new_since", "patient"],
                name="summary_clinic_new",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 130)),
                fields=["clinic", "follow_up_on", "patient"],
                name="summary_clinic_barred",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 140), ("quiet_from__isnull", True)),
                fields=["clinic", "patient"],
                name="summary_clinic_away",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank__lt", 120)),
                fields=["lead", "rank", "waits_since", "patient"],
                name="summary_lead_waits",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("follow_up_on__isnull", False)),
                fields=["lead", "follow_up_on", "patient"],
                name="summary_lead_follow",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 140), ("ready_until__isnull", False)),
                fields=["lead", "ready_until", "ready_since", "patient"],
                name="summary_lead_ready",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 140), ("weight_from__isnull", False)),
                fields=["lead", "weight_from", "patient"],
                name="summary_lead_weight",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank__gte", 120), ("link_from__isnull", False)),
                fields=["lead", "link_from", "patient"],
                name="summary_lead_link",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(
                    ("rank", 140), ("link_from__isnull", True), ("quiet_from__isnull", False)
                ),
                fields=["lead", "quiet_from", "patient"],
                name="summary_lead_quiet",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 120)),
                fields=["lead", "new_since", "patient"],
                name="summary_lead_new",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 130)),
                fields=["lead", "follow_up_on", "patient"],
                name="summary_lead_barred",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 140), ("quiet_from__isnull", True)),
                fields=["lead", "patient"],
                name="summary_lead_away",
            ),
        ),
    ]
