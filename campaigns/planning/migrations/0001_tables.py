import cms.core.models
import django.db.models.deletion
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [('planning', '0001_initial')]

    initial = True

    dependencies = [
        ('core', '0001_search_index'),
        ('organisations', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Orientation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                    ('title', cms.core.models.NFCCharField(max_length=200, verbose_name='tên định hướng')),
                    ('summary', cms.core.models.NFCTextField(blank=True, verbose_name='nội dung chính')),
                    ('cites', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cited_by', to='planning.orientation', verbose_name='căn cứ định hướng cấp trên')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orientations', to='organisations.organisation', verbose_name='cơ quan ban hành')),
                ],
                options={
                    'verbose_name': 'định hướng năm',
                    'verbose_name_plural': 'định hướng năm',
                    'ordering': ['-year', 'organisation__place__path'],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'year'), name='one_orientation_per_body_and_year'), models.CheckConstraint(condition=models.Q(('year__gte', 2020), ('year__lte', 2100)), name='orientation_year_is_plausible')],
                },
            ),
            migrations.CreateModel(
                name='Campaign',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('title', cms.core.models.NFCCharField(max_length=200, verbose_name='tên chiến dịch')),
                    ('aim', cms.core.models.NFCTextField(blank=True, verbose_name='mục tiêu')),
                    ('starts_on', models.DateField(verbose_name='từ ngày')),
                    ('ends_on', models.DateField(verbose_name='đến ngày')),
                    ('initiatives', models.ManyToManyField(blank=True, related_name='campaigns', to='organisations.initiative', verbose_name='đề án, chương trình')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='organisations.organisation', verbose_name='cơ quan chủ trì')),
                    ('orientation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='planning.orientation', verbose_name='định hướng năm')),
                ],
                options={
                    'verbose_name': 'chiến dịch',
                    'verbose_name_plural': 'chiến dịch',
                    'ordering': ['-starts_on', 'title'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='campaign_ends_after_it_starts')],
                },
            ),
        ]),
    ]
