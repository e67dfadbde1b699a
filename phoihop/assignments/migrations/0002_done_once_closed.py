"""The lead's word is kept apart from the day the issuer confirmed: an assignment is done once it is closed."""

from django.db import migrations, models
from django.db.models import F, Q

STATES = [
    ('given', 'Assigned'),
    ('acknowledged', 'Acknowledged'),
    ('reported_done', 'Reported done, waiting to be closed'),
    ('closed', 'Closed'),
    ('withdrawn', 'Withdrawn'),
]


def part_the_days(apps, schema_editor):
    rows = apps.get_model('assignments', 'Assignment').objects
    rows.filter(done_on__isnull=False).update(reported_done_on=F('done_on'))
    rows.filter(state='reported_done').update(done_on=None)


def join_the_days(apps, schema_editor):
    rows = apps.get_model('assignments', 'Assignment').objects
    rows.filter(state='reported_done').update(done_on=F('reported_done_on'))


class Migration(migrations.Migration):

    dependencies = [('assignments', '0001_initial')]

    operations = [
        migrations.AddField('assignment', 'reported_done_on', models.DateField(blank=True, null=True)),
        migrations.AlterField(
            'assignment', 'state', models.CharField(choices=STATES, default='given', max_length=15)
        ),
        migrations.RemoveConstraint('assignment', 'assignments_done_has_its_day'),
        migrations.RunPython(part_the_days, join_the_days),
        migrations.AddConstraint(
            'assignment',
            models.CheckConstraint(
                condition=Q(
                    state__in=['reported_done', 'closed'],
                    reported_done_on__isnull=False,
                    reported_done_at__isnull=False,
                )
                | (~Q(state__in=['reported_done', 'closed']) & Q(reported_done_on__isnull=True)),
                name='assignments_reported_done_has_its_day',
            ),
        ),
        migrations.AddConstraint(
            'assignment',
            models.CheckConstraint(
                condition=Q(state='closed', done_on__isnull=False)
                | (~Q(state='closed') & Q(done_on__isnull=True)),
                name='assignments_done_once_closed',
            ),
        ),
    ]
