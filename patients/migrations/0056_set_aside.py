"""Why a plan was set aside."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0055_visit_feed"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="end_reason",
            field=models.TextField(
                blank=True, help_text="why it was set aside; null = nobody was asked", null=True
            ),
        ),
    ]
