from django.db import migrations, models


def of_published(apps, schema_editor):
    """What went out was approved for those it went to; any other approval holds for the narrowest audience."""
    Approval = apps.get_model("reviews", "Approval")
    public = Approval.objects.filter(version__published_at__isnull=False, version__audience="public")
    Approval.objects.filter(pk__in=public.values("pk")).update(audience="public")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_approvals_numbers_checks")]

    operations = [
        migrations.AddField(
            model_name="approval",
            name="audience",
            field=models.CharField(
                choices=[("signed_in", "Everyone who signs in"), ("public", "The public")],
                default="signed_in",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(of_published, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="approval", name="reviews_approved_once"),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("version", "organisation", "audience"),
                name="reviews_approved_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["signed_in", "public"])),
                name="reviews_approval_of_known_audience",
            ),
        ),
    ]
