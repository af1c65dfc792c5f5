"""A ladder says its own words, names its faults and the red flags that it asks besides."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0010_ranges"),
    ]

    operations = [
        migrations.AddField(
            model_name="ladder",
            name="words",
            field=models.JSONField(
                blank=True, help_text="curriculum.ladder_words reads it", null=True
            ),
        ),
        migrations.AddField(
            model_name="ladder",
            name="faults",
            field=models.JSONField(
                blank=True, help_text="slugs of its faults; null until loaded again", null=True
            ),
        ),
        migrations.AddField(
            model_name="ladder",
            name="asks",
            field=models.JSONField(
                blank=True,
                help_text="keys of the red flags that it asks besides those of everybody",
                null=True,
            ),
        ),
    ]
