"""A request to speak belongs to who made it. For those made before, the log names who."""

from django.db import migrations, models


def fill_in(apps, schema_editor):
    Event, Speaker = apps.get_model("conferences", "ConferenceEvent"), apps.get_model("conferences", "Speaker")
    asked = Event.objects.filter(type="ask_to_speak").exclude(actor="")
    for speaker, actor in asked.values_list("payload__speaker", "actor"):
        Speaker.objects.filter(pk=speaker).update(requester=actor)


class Migration(migrations.Migration):
    dependencies = [("conferences", "0002_roll_call_base")]

    operations = [
        migrations.AddField("speaker", "requester", models.CharField(blank=True, max_length=150)),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
