"""Mark messages whose words somebody reads first. Those that wait now are looked through."""

from typing import Any

from django.conf import settings
from django.db import migrations, models

from curriculum.phrases import kinds_in


def look_through(apps: Any, schema_editor: Any) -> None:
    Message = apps.get_model("patients", "Message")
    waiting = Message.objects.filter(from_patient=True, read_at__isnull=True).order_by("pk")
    found = [pk for pk, text in waiting.values_list("pk", "text").iterator() if kinds_in(text)]
    Message.objects.filter(pk__in=found).update(read_first=True)


def forget(apps: Any, schema_editor: Any) -> None:
    """The column goes with this migration."""


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0013_caseload_classes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="read_first",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("read_first", False), ("from_patient", True), _connector="OR"),
                name="message_read_first_is_of_a_patient",
            ),
        ),
        migrations.RunPython(look_through, forget),
    ]
