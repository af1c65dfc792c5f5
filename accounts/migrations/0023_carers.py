"""Lets somebody sign in who helps a patient."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0022_jobs"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="user",
            name="user_staff_have_email",
        ),
        migrations.RemoveConstraint(
            model_name="user",
            name="user_formal_name_of_staff",
        ),
        migrations.AlterField(
            model_name="user",
            name="role",
            field=models.CharField(
                choices=[
                    ("owner", "Owner"),
                    ("clinician", "Clinician"),
                    ("patient", "Patient"),
                    ("carer", "Carer"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("email__isnull", True), ("role__in", ("patient", "carer"))),
                    models.Q(("email__isnull", False), ("role__in", ["owner", "clinician"])),
                    _connector="OR",
                ),
                name="user_staff_have_email",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role__in", ("patient", "carer")), _negated=True),
                    ("formal_name", ""),
                    _connector="OR",
                ),
                name="user_formal_name_of_staff",
            ),
        ),
    ]
