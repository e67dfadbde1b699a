import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assignments', '0002_done_once_closed'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProposalEscalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.SmallIntegerField()),
                ('told_on', models.DateField()),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='assignments.proposal')),
            ],
            options={
                'ordering': ['-told_on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'step'), name='assignments_proposal_told_once'), models.CheckConstraint(condition=models.Q(('step__in', [-7, 0, 7, 30])), name='assignments_proposal_known_steps')],
            },
        ),
    ]
