from django.db import migrations, models


def count_minutes(apps, schema_editor):
    """The first signal of a minute stays."""
    Beacon = apps.get_model("conferences", "Beacon")
    kept = set()
    for beacon in Beacon.objects.order_by("at", "pk"):
        minute = int(beacon.at.timestamp()) // 60
        if (beacon.site_id, minute) in kept:
            beacon.delete()
            continue
        kept.add((beacon.site_id, minute))
        Beacon.objects.filter(pk=beacon.pk).update(minute=minute)


class Migration(migrations.Migration):
    dependencies = [("conferences", "0001_initial")]

    operations = [
        migrations.AlterField(
            "connection",
            "kind",
            models.CharField(
                choices=[
                    ("room", "Room machine of a site"),
                    ("seat", "Delegate's phone"),
                    ("view", "Viewing page"),
                    ("head", "Head of a site"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            "beacon", "minute", models.PositiveBigIntegerField(default=0), preserve_default=False
        ),
        migrations.RunPython(count_minutes, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "beacon",
            models.UniqueConstraint(fields=["site", "minute"], name="conferences_one_beacon_a_minute"),
        ),
    ]
