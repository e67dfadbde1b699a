"""A part of an item of the agenda is seen by no more people than the item.

Minutes that were frozen, and films that were made, keep what they are; the check of the logs tells of minutes that held
such a part.
"""

from django.db import migrations

_WIDER = {"internal": ["open"], "hidden": ["open", "internal"]}


def narrow(apps, schema_editor):
    items = apps.get_model("conferences", "AgendaItem").objects
    for visibility, wider in _WIDER.items():
        above = items.filter(visibility=visibility).values("pk")
        items.filter(parent__in=above, visibility__in=wider).update(visibility=visibility)


class Migration(migrations.Migration):
    dependencies = [("conferences", "0012_lines")]

    operations = [migrations.RunPython(narrow, migrations.RunPython.noop)]
