import cms.core.models
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ("localisations", "0001_initial"),
    ]


    initial = True

    dependencies = [
        ("core", "0001_search_index"),
        ('library', '0001_tables'),
        ('organisations', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='OpenParts',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('keys', models.JSONField(default=list)),
                    ('asset', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='open_parts', to='library.asset')),
                ],
                options={
                    'verbose_name': 'phần để địa phương sửa',
                    'verbose_name_plural': 'phần để địa phương sửa',
                },
            ),
            migrations.CreateModel(
                name='Localisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('language', models.CharField(default='vi', max_length=20, verbose_name='ngôn ngữ')),
                    ('base', models.JSONField(editable=False)),
                    ('base_version', models.CharField(editable=False, max_length=64)),
                    ('upstream_version', models.CharField(editable=False, max_length=64)),
                    ('upstream_changed_at', models.DateTimeField(editable=False, null=True, verbose_name='bản gốc đổi lúc')),
                    ('updated_from_upstream_at', models.DateTimeField(editable=False, null=True, verbose_name='cập nhật từ bản gốc lúc')),
                    ('offered_at', models.DateTimeField(editable=False, null=True, verbose_name='giới thiệu lúc')),
                    ('offer_note', cms.core.models.NFCCharField(blank=True, max_length=300, verbose_name='lời giới thiệu')),
                    ('offer_answer', models.CharField(blank=True, choices=[('accepted', 'Đã nhận'), ('declined', 'Chưa nhận')], max_length=8, verbose_name='trả lời')),
                    ('answer_note', cms.core.models.NFCTextField(blank=True, verbose_name='ý kiến trả lời')),
                    ('asset', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='localisation', to='library.asset', verbose_name='bản địa phương')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='cơ quan')),
                    ('taken_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('upstream', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='localisations', to='library.asset', verbose_name='bản gốc')),
                ],
                options={
                    'verbose_name': 'bản địa phương',
                    'verbose_name_plural': 'bản địa phương',
                    'ordering': ['-upstream_changed_at', '-pk'],
                    'indexes': [models.Index(fields=['upstream', 'base_version'], name='localisation_upstream')],
                    'constraints': [models.UniqueConstraint(fields=('upstream', 'organisation', 'language'), name='one_copy_per_body_and_language'), models.CheckConstraint(condition=models.Q(('asset', models.F('upstream')), _negated=True), name='a_copy_is_not_its_own_original'), models.CheckConstraint(condition=models.Q(('offer_answer', ''), ('offered_at__isnull', False), _connector='OR'), name='only_an_offer_is_answered')],
                },
            ),
        ]),
    ]
