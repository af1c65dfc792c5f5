"""Write whose each stop and each message is, and which stops are of high pain."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery

GUARD = "refuse_patients_stop_update"


def write_whose(apps: Any, schema_editor: Any) -> None:
    Stop = apps.get_model("patients", "Stop")
    Message = apps.get_model("patients", "Message")
    Plan = apps.get_model("patients", "Plan")
    whose = Subquery(Plan.objects.filter(pk=OuterRef("plan")).values("patient"))
    Message.objects.filter(patient=None).update(patient=whose)
    if not Stop.objects.filter(patient=None).exists():
        return
    switched_off = _switch(schema_editor, "DISABLE")
    Stop.objects.filter(patient=None).update(patient=whose)
    for clinic in apps.get_model("accounts", "Clinic").objects.all():
        _write_high(Stop.objects.filter(patient__clinic=clinic), clinic)
    if switched_off:
        # No table is altered while its foreign keys are still to be checked.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _switch(schema_editor, "ENABLE")


def _switch(schema_editor: Any, how: str) -> bool:
    """Switch the guard of the append-only rows for this transaction; nobody else sees it off.

    SQLite has no guards while it is migrated.
    """
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = %s", [GUARD])
        if cursor.fetchone() is None:
            return False
    schema_editor.execute(f"ALTER TABLE patients_stop {how} TRIGGER {GUARD}")
    return True


def _write_high(stops: Any, clinic: Any) -> None:
    high = clinic.pain_high
    stops.filter(cause="pain", practice__pain__gte=high).update(high=True)
    mornings = stops.filter(cause="morning", practice__mornings__pain__gte=high)
    stops.filter(pk__in=list(mornings.values_list("pk", flat=True))).update(high=True)


def forget(apps: Any, schema_editor: Any) -> None:
    """The columns go with the migration before."""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_pain_by_rise"), ("patients", "0019_reports")]

    operations = [migrations.RunPython(write_whose, forget)]
