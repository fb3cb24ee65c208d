import cms.core.models
import django.db.models.deletion
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ("places", "0001_initial"),
    ]


    initial = True

    dependencies = [
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='AdministrativeUnit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=8, unique=True, verbose_name='mã')),
                    ('name', cms.core.models.NFCCharField(max_length=80, verbose_name='tên')),
                    ('kind', models.CharField(choices=[('centre', 'Trung ương'), ('province', 'Tỉnh'), ('city', 'Thành phố'), ('commune', 'Xã'), ('ward', 'Phường'), ('special_zone', 'Đặc khu')], max_length=16, verbose_name='loại')),
                    ('valid_from', models.DateField(blank=True, null=True, verbose_name='có hiệu lực từ')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='có hiệu lực đến hết')),
                    ('latitude', models.FloatField(blank=True, null=True, verbose_name='vĩ độ')),
                    ('longitude', models.FloatField(blank=True, null=True, verbose_name='kinh độ')),
                    ('full_name', cms.core.models.NFCCharField(editable=False, max_length=100, verbose_name='tên đầy đủ')),
                    ('level', models.PositiveSmallIntegerField(choices=[(0, 'Trung ương'), (1, 'Cấp tỉnh'), (2, 'Cấp xã')], db_index=True, editable=False, verbose_name='cấp')),
                    ('path', models.CharField(editable=False, max_length=40, unique=True, verbose_name='đường dẫn')),
                    ('sort_name', models.CharField(editable=False, max_length=200, verbose_name='khóa sắp xếp')),
                    ('folded', models.CharField(db_index=True, editable=False, max_length=80, verbose_name='tên không dấu')),
                    ('folded_full', models.CharField(editable=False, max_length=100, verbose_name='tên đầy đủ không dấu')),
                    ('joined', models.CharField(editable=False, max_length=80, verbose_name='tên không dấu viết liền')),
                    ('search_text', models.TextField(editable=False, verbose_name='từ để tìm')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='places.administrativeunit', verbose_name='trực thuộc')),
                ],
                options={
                    'verbose_name': 'địa bàn',
                    'verbose_name_plural': 'địa bàn',
                    'ordering': ['level', 'sort_name', 'code'],
                },
            ),
            migrations.CreateModel(
                name='UnitAlias',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('tier', models.CharField(choices=[('tỉnh', 'Cấp tỉnh'), ('huyện', 'Cấp huyện'), ('xã', 'Cấp xã')], max_length=8, verbose_name='cấp cũ')),
                    ('former_code', models.CharField(max_length=8, verbose_name='mã cũ')),
                    ('former_kind', cms.core.models.NFCCharField(max_length=16, verbose_name='loại cũ')),
                    ('former_name', cms.core.models.NFCCharField(max_length=80, verbose_name='tên cũ')),
                    ('former_full_name', cms.core.models.NFCCharField(max_length=100, verbose_name='tên cũ đầy đủ')),
                    ('former_parents', cms.core.models.NFCCharField(blank=True, max_length=200, verbose_name='trực thuộc cũ')),
                    ('valid_from', models.DateField(blank=True, null=True, verbose_name='có hiệu lực từ')),
                    ('valid_to', models.DateField(verbose_name='có hiệu lực đến hết')),
                    ('note', cms.core.models.NFCCharField(blank=True, max_length=200, verbose_name='ghi chú')),
                    ('folded', models.CharField(db_index=True, editable=False, max_length=80, verbose_name='tên cũ không dấu')),
                    ('folded_full', models.CharField(editable=False, max_length=100, verbose_name='tên cũ đầy đủ không dấu')),
                    ('joined', models.CharField(editable=False, max_length=80, verbose_name='tên không dấu viết liền')),
                    ('search_text', models.TextField(editable=False, verbose_name='từ để tìm')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='places.administrativeunit', verbose_name='địa bàn kế thừa')),
                ],
                options={
                    'verbose_name': 'tên gọi cũ của địa bàn',
                    'verbose_name_plural': 'tên gọi cũ của địa bàn',
                    'ordering': ['tier', 'former_code', 'unit'],
                    'constraints': [models.UniqueConstraint(fields=('tier', 'former_code', 'unit'), name='places_alias_once')],
                },
            ),
            migrations.CreateModel(
                name='UnitVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', cms.core.models.NFCCharField(max_length=80, verbose_name='tên')),
                    ('kind', models.CharField(choices=[('centre', 'Trung ương'), ('province', 'Tỉnh'), ('city', 'Thành phố'), ('commune', 'Xã'), ('ward', 'Phường'), ('special_zone', 'Đặc khu')], max_length=16, verbose_name='loại')),
                    ('full_name', cms.core.models.NFCCharField(max_length=100, verbose_name='tên đầy đủ')),
                    ('valid_from', models.DateField(verbose_name='có hiệu lực từ')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='có hiệu lực đến hết')),
                    ('basis', cms.core.models.NFCCharField(max_length=200, verbose_name='căn cứ')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='places.administrativeunit', verbose_name='địa bàn')),
                ],
                options={
                    'verbose_name': 'giai đoạn của địa bàn',
                    'verbose_name_plural': 'các giai đoạn của địa bàn',
                    'ordering': ['unit', 'valid_from'],
                    'constraints': [models.UniqueConstraint(fields=('unit', 'valid_from'), name='places_version_once')],
                },
            ),
        ]),
    ]
