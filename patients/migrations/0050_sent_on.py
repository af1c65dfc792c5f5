"""Adds to a screening how somebody who was sent on travels, and when they left."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patients", "0049_load_to_sign")]

    operations = [
        migrations.AddField(
            model_name="screening",
            name="left_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="screening",
            name="travels",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
