import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ("audit", "0001_initial"),
    ]


    initial = True

    dependencies = [
        ("core", "0001_search_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='AuditSeal',
                fields=[
                    ('sequence', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('row_id', models.BigIntegerField(unique=True)),
                    ('hash', models.CharField(max_length=64)),
                    ('sealed_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'dấu niêm phong nhật ký',
                    'verbose_name_plural': 'dấu niêm phong nhật ký',
                    'ordering': ['sequence'],
                },
            ),
            migrations.CreateModel(
                name='AuditRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(db_index=True, verbose_name='thời điểm')),
                    ('actor_name', models.CharField(max_length=150, verbose_name='tên người thực hiện')),
                    ('verb', models.CharField(db_index=True, max_length=60, verbose_name='hành động')),
                    ('target_type', models.CharField(max_length=60, verbose_name='loại đối tượng')),
                    ('target_id', models.CharField(max_length=40, verbose_name='mã đối tượng')),
                    ('target_name', models.CharField(max_length=200, verbose_name='đối tượng')),
                    ('organisation_id', models.BigIntegerField(blank=True, null=True, verbose_name='mã cơ quan')),
                    ('detail', models.JSONField(default=dict, verbose_name='chi tiết')),
                    ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người thực hiện')),
                ],
                options={
                    'verbose_name': 'dòng nhật ký thao tác',
                    'verbose_name_plural': 'nhật ký thao tác',
                    'ordering': ['-id'],
                    'indexes': [models.Index(fields=['target_type', 'target_id'], name='audit_target'), models.Index(fields=['organisation_id', '-id'], name='audit_organisation')],
                },
            ),
        ]),
    ]
