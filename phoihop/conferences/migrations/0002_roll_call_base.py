"""Who a closed roll-call asked is kept with it. Those closed before are filled in from the log."""

import django.db.models.deletion
from django.db import migrations, models


def fill_in(apps, schema_editor):
    RollCall = apps.get_model("conferences", "RollCall")
    for call in RollCall.objects.filter(closed_at__isnull=False, bases__isnull=True):
        _keep(apps, call)


def _keep(apps, call):
    """Sites out at the closing had no part; an answer's own line says how many were invited then."""
    Event, Base = apps.get_model("conferences", "ConferenceEvent"), apps.get_model("conferences", "RollCallBase")
    Delegation = apps.get_model("conferences", "Delegation")
    out, invited = set(), {}
    for event in Event.objects.filter(conference=call.conference_id, at__lte=call.closed_at).order_by("seq"):
        if event.type == "remove_site":
            out.add(event.payload["site"])
        elif event.type == "readmit_site":
            out.discard(event.payload["site"])
        elif event.type in {"answer_roll_call", "record_answer_by_phone"}:
            if event.payload.get("roll_call") == call.number:
                invited[event.payload["delegation"]] = event.payload["invited"]
        elif event.type == "close_roll_call" and event.payload.get("number") == call.number:
            break
    asked = Delegation.objects.filter(site__conference=call.conference_id).exclude(site__slug__in=out)
    Base.objects.bulk_create(
        Base(roll_call=call, delegation=each, bloc=each.bloc, invited=invited.get(each.pk, each.invited))
        for each in asked
    )


class Migration(migrations.Migration):
    dependencies = [("conferences", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="RollCallBase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bloc", models.CharField(blank=True, max_length=20)),
                ("invited", models.PositiveIntegerField()),
                ("delegation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="bases", to="conferences.delegation")),
                ("roll_call", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="bases", to="conferences.rollcall")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("roll_call", "delegation"), name="conferences_asked_once")],
            },
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
