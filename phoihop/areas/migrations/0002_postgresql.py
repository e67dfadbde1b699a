"""On PostgreSQL only: overlapping dates are made impossible, and name_sort compares by bytes as on SQLite.

Deferred to the commit, so that one transaction may move a unit from one superior unit to another.
"""

from django.db import migrations

ADD = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    """ALTER TABLE areas_areaparent ADD CONSTRAINT areas_one_parent_at_a_time
       EXCLUDE USING gist (area_id WITH =, daterange(valid_from, valid_until) WITH &&)
       DEFERRABLE INITIALLY DEFERRED""",
    """ALTER TABLE areas_areacode ADD CONSTRAINT areas_code_stands_for_one
       EXCLUDE USING gist (scheme WITH =, code WITH =, daterange(valid_from, valid_until) WITH &&)
       DEFERRABLE INITIALLY DEFERRED""",
    'ALTER TABLE areas_area ALTER COLUMN name_sort TYPE varchar(400) COLLATE "C"',
]
REMOVE = [
    "ALTER TABLE areas_areaparent DROP CONSTRAINT areas_one_parent_at_a_time",
    "ALTER TABLE areas_areacode DROP CONSTRAINT areas_code_stands_for_one",
    'ALTER TABLE areas_area ALTER COLUMN name_sort TYPE varchar(400) COLLATE "default"',
]


def _run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


def add(_apps, schema_editor):
    _run(schema_editor, ADD)


def remove(_apps, schema_editor):
    _run(schema_editor, REMOVE)


class Migration(migrations.Migration):
    dependencies = [("areas", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
