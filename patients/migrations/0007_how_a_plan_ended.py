import zoneinfo
from typing import Any

from django.db import migrations, models

CHUNK = 500


def discharged_until_now(apps: Any, schema_editor: Any) -> None:
    """Until now an end on the day of the discharge was told as the discharge: it goes on being told so."""
    plans = apps.get_model("patients", "Plan").objects.filter(
        ended_on__isnull=False, patient__archived_at__isnull=False
    )
    rows = plans.values_list("pk", "ended_on", "patient__archived_at", "clinic__time_zone")
    found = [
        pk for pk, day, left, zone in rows if left.astimezone(zoneinfo.ZoneInfo(zone)).date() == day
    ]
    for start in range(0, len(found), CHUNK):
        plans.filter(pk__in=found[start : start + CHUNK]).update(discharged=True)


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0006_weights_waited_for"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="discharged",
            field=models.BooleanField(default=False, help_text="ended by the patient's discharge"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("discharged", False), ("ended_on__isnull", False), _connector="OR"
                ),
                name="plan_discharged_has_ended",
            ),
        ),
        migrations.RunPython(discharged_until_now, migrations.RunPython.noop),
    ]
