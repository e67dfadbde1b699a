from django.db import migrations, models


def as_of_their_review(apps, schema_editor):
    """A review's quotations have not changed since it was made: every version quotes the same."""
    for version in apps.get_model("reviews", "ReviewVersion").objects.all().only("pk", "review_id"):
        version.quotes.set(version.review.quotes.all())


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_approvals_state_their_audience")]

    operations = [
        migrations.AddField(
            model_name="reviewversion",
            name="quotes",
            field=models.ManyToManyField(blank=True, related_name="quoted_in", to="reviews.reviewversion"),
        ),
        migrations.AddField(
            model_name="figurecheck", name="quoted", field=models.PositiveIntegerField(default=0)
        ),
        migrations.RunPython(as_of_their_review, migrations.RunPython.noop),
    ]
