"""The organisers' technical office: whom to ring when a code does not work."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conferences", "0003_requests_have_an_owner")]

    operations = [
        migrations.AddField("conference", "technical_office_vi", models.CharField(blank=True, max_length=200)),
        migrations.AddField("conference", "technical_office_en", models.CharField(blank=True, max_length=200)),
        migrations.AddField("conference", "technical_phone", models.CharField(blank=True, max_length=40)),
    ]
