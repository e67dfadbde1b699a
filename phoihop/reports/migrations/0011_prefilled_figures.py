from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_out_of_step_at_hand")]

    operations = [
        migrations.AddField(
            model_name="reportversion",
            name="prefilled",
            field=models.JSONField(default=dict),
        ),
    ]
