"""Only a name in Python changes: ``Review.active_pass``. The database stays as it is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0008_stops_of_a_morning"),
    ]

    operations = [
        migrations.AlterField(
            model_name="pass",
            name="review",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="active_pass",
                to="patients.review",
            ),
        ),
    ]
