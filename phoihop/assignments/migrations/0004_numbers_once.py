"""A number is given once by an issuer in a year. Where two have the same, the first that was issued holds it."""

import django.db.models.functions.text
from django.db import migrations, models

from phoihop.core import clock


def give_years(apps, schema_editor):
    """Without the year the later one stays readable as it is, and holds nothing."""
    rows = apps.get_model("assignments", "Conclusion").objects
    held = set()
    for each in rows.filter(issued_at__isnull=False).exclude(number="").order_by("issued_at", "pk"):
        year = clock.day_of(each.issued_at).year
        key = (each.lead_issuer_id, year, each.number.lower())
        if key not in held:
            held.add(key)
            rows.filter(pk=each.pk).update(number_year=year)


class Migration(migrations.Migration):
    dependencies = [("assignments", "0003_proposals_are_told")]

    operations = [
        migrations.AddField(
            "conclusion", "number_year", models.PositiveSmallIntegerField(blank=True, null=True)
        ),
        migrations.RunPython(give_years, migrations.RunPython.noop),
        migrations.AddConstraint(
            "conclusion",
            models.CheckConstraint(
                condition=~models.Q(number="") | models.Q(number_year__isnull=True),
                name="assignments_year_of_a_number",
            ),
        ),
        migrations.AddConstraint(
            "conclusion",
            models.UniqueConstraint(
                models.F("lead_issuer"),
                models.F("number_year"),
                django.db.models.functions.text.Lower("number"),
                name="assignments_number_once_a_year",
            ),
        ),
    ]
