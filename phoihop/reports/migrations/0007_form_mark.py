"""A mark that is another after every change to what forms ask, so that processes may keep forms in memory.

By triggers, which see what no action and no `save` does: a bulk update, a file loaded, a hand at the database.
"""

from uuid import uuid4

from django.db import migrations, models

TABLES = (
    "indicators_indicator",
    "indicators_indicatorversion",
    "indicators_selection",
    "programmes_programme",
    "reports_reportform_programmes",
)
EVENTS = ("INSERT", "UPDATE", "DELETE")
RANDOM = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "replace(gen_random_uuid()::text, '-', '')"}


def add(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    apps.get_model("reports", "FormMark").objects.create(pk=1, value=uuid4().hex)
    change = (
        f"UPDATE reports_formmark SET value = {RANDOM[vendor]};"
        f" INSERT INTO reports_formmark (id, value) SELECT 1, {RANDOM[vendor]}"
        " WHERE NOT EXISTS (SELECT 1 FROM reports_formmark);"  # a database that was emptied
    )
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION reports_change_form_mark() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {change} RETURN NULL; END $$"
        )
    for table in TABLES:
        for statement in _triggers(vendor, table, change):
            schema_editor.execute(statement)


def _triggers(vendor, table, change):
    if vendor == "postgresql":
        yield (
            f"CREATE TRIGGER reports_form_mark AFTER {' OR '.join(EVENTS)} OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION reports_change_form_mark()"
        )
    else:
        for event in EVENTS:
            yield f"CREATE TRIGGER reports_form_mark_{table}_{event} AFTER {event} ON {table} BEGIN {change} END"


def remove(_apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        if is_postgresql:
            schema_editor.execute(f"DROP TRIGGER reports_form_mark ON {table}")
        else:
            for event in EVENTS:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS reports_form_mark_{table}_{event}")
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION reports_change_form_mark()")


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0006_what_is_left_is_sealed"),
        ("indicators", "0002_notes_in_english"),
        ("programmes", "0004_milestones"),
    ]
    operations = [
        migrations.CreateModel(
            name="FormMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(max_length=32)),
            ],
        ),
        migrations.RunPython(add, remove),
    ]
