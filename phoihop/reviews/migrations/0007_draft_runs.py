import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_last_run(apps, schema_editor):
    """Of drafts composed before runs were kept, the last one is known: it becomes their first."""
    events = apps.get_model("audit", "AuditEvent").objects.filter(
        action="compose_review", object_type="reviews.review"
    )
    runs = apps.get_model("reviews", "DraftRun").objects
    for review in apps.get_model("reviews", "Review").objects.filter(composed_at__isnull=False):
        composed = review.composed
        if not composed:
            continue
        event = events.filter(object_id=str(review.pk)).order_by("-pk").first()
        runs.create(
            review=review,
            number=1,
            run=review.run,
            question=composed["question"],
            figures=composed["figures"],
            ledger_seq=composed["provenance"]["ledger_seq"],
            sql_hash=composed["provenance"]["sql_hash"],
            basis=event.pk if event else 0,
            composed_at=review.composed_at,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0006_redactions"),
        ("rollup", "0002_awaited"),
        ("audit", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("question", models.JSONField()),
                ("figures", models.JSONField()),
                ("ledger_seq", models.PositiveBigIntegerField()),
                ("sql_hash", models.CharField(max_length=64)),
                ("basis", models.PositiveBigIntegerField()),
                ("composed_at", models.DateTimeField()),
                (
                    "composed_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="draft_runs", to="reviews.review"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to="rollup.rolluprun",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "number"), name="reviews_draft_run_once")
                ],
            },
        ),
        migrations.RunPython(keep_last_run, migrations.RunPython.noop),
    ]
