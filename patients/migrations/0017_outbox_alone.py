from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("patients", "0016_mails_sent_before")]

    operations = [migrations.DeleteModel(name="StopNotice")]
