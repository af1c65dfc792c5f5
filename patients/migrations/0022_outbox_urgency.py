"""Name the urgency of a mail as the urgency of its stop."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0021_stops_of_patients"),
    ]

    operations = [
        migrations.AlterField(
            model_name="outbox",
            name="urgency",
            field=models.CharField(
                choices=[
                    ("now", "Emergency now"),
                    ("today", "A doctor today"),
                    ("soon", "The physio first, soon"),
                    ("pain", "Pain"),
                ],
                max_length=5,
            ),
        ),
    ]
