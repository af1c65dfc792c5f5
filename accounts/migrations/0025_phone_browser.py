from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0024_installation")]

    operations = [
        migrations.AddField(
            model_name="phone",
            name="browser",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
