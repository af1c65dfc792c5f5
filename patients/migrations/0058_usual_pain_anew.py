"""Where a ladder begins that asks for another pain than the one before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0057_practice_feed"),
    ]

    operations = [
        migrations.AddField(
            model_name="usualpain",
            name="anew",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
