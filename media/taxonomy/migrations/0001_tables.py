import cms.core.models
import django.db.models.deletion
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ("taxonomy", "0001_initial"),
        ("taxonomy", "0002_terms_of_bodies"),
    ]


    initial = True

    dependencies = [
        ("core", "0001_search_index"),
        ('organisations', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Audience',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', cms.core.models.NFCCharField(max_length=120, verbose_name='tên')),
                    ('order', models.PositiveSmallIntegerField(default=0, help_text='Số nhỏ đứng trước; bằng nhau thì xếp theo tên.', verbose_name='thứ tự')),
                    ('retired', models.BooleanField(default=False, help_text='Không còn được gợi ý; tài liệu đã gắn vẫn giữ.', verbose_name='ngừng dùng')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='cơ quan đặt ra')),
                ],
                options={
                    'verbose_name': 'đối tượng',
                    'verbose_name_plural': 'đối tượng',
                    'ordering': ['order', 'name'],
                    'constraints': [models.UniqueConstraint(fields=('name', 'organisation'), name='audience_once_per_body'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', True)), fields=('name',), name='audience_once_for_all')],
                },
            ),
            migrations.CreateModel(
                name='Topic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', cms.core.models.NFCCharField(max_length=120, verbose_name='tên')),
                    ('order', models.PositiveSmallIntegerField(default=0, help_text='Số nhỏ đứng trước; bằng nhau thì xếp theo tên.', verbose_name='thứ tự')),
                    ('retired', models.BooleanField(default=False, help_text='Không còn được gợi ý; tài liệu đã gắn vẫn giữ.', verbose_name='ngừng dùng')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='cơ quan đặt ra')),
                ],
                options={
                    'verbose_name': 'chủ đề',
                    'verbose_name_plural': 'chủ đề',
                    'ordering': ['order', 'name'],
                    'constraints': [models.UniqueConstraint(fields=('name', 'organisation'), name='topic_once_per_body'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', True)), fields=('name',), name='topic_once_for_all')],
                },
            ),
        ]),
    ]
