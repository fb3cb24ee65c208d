"""What the platform has accepted may be held for want of a key as well: nothing is in doubt there."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0001_tables'),
        ('channels', '0001_tables'),
        ('delivery', '0002_in_doubt_without_a_key'),
        ('organisations', '0001_tables'),
        ('schedule', '0001_tables'),
        ('stations', '0002_languages_of_stations'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='delivery',
            name='delivery_in_doubt_says_since_when',
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'unclear'), models.Q(('reason', 'blind'), ('state', 'held')), _connector='OR'), models.Q(('doubt', {}), _negated=True)), models.Q(models.Q(models.Q(('state', 'unclear'), models.Q(('reason', 'blind'), ('state', 'held')), _connector='OR', _negated=True), models.Q(('reason', 'blind'), ('state', 'held'), ('accepted_at__isnull', False)), _connector='OR'), ('doubt', {})), _connector='OR'), name='delivery_in_doubt_says_since_when'),
        ),
    ]
