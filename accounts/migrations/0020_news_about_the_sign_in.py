"""Notes since when others changed somebody's sign-in, which is told until it is read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0019_where_staff_are_signed_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="news_since",
            field=models.DateTimeField(
                blank=True,
                help_text="from then on others changed the sign-in: accounts.news",
                null=True,
            ),
        ),
    ]
