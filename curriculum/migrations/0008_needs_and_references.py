from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0007_asked_later"),
    ]

    operations = [
        migrations.AddField(
            model_name="drill",
            name="needs",
            field=models.JSONField(blank=True, help_text="what it takes, for a patient", null=True),
        ),
        migrations.AddField(
            model_name="source",
            name="references",
            field=models.JSONField(
                blank=True, help_text="what it cites itself, each in full", null=True
            ),
        ),
    ]
