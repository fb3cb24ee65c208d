import cms.core.models
import django.db.models.deletion
import uuid
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [('organisations', '0001_initial')]

    initial = True

    dependencies = [
        ('places', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Initiative',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('code', models.SlugField(unique=True, verbose_name='mã')),
                    ('name', cms.core.models.NFCCharField(max_length=250, verbose_name='tên đề án, chương trình')),
                    ('legal_basis', cms.core.models.NFCTextField(blank=True, verbose_name='căn cứ pháp lý')),
                    ('valid_from', models.DateField(verbose_name='hiệu lực từ')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='hiệu lực đến')),
                ],
                options={
                    'verbose_name': 'đề án, chương trình',
                    'verbose_name_plural': 'đề án, chương trình',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Organisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('name', cms.core.models.NFCCharField(max_length=200, verbose_name='tên cơ quan, đơn vị')),
                    ('short_name', cms.core.models.NFCCharField(help_text='Dùng trên hình ảnh và trong danh sách.', max_length=80, verbose_name='tên gọn')),
                    ('kind', models.CharField(choices=[('bo', 'Bộ, cơ quan ngang bộ'), ('cuc', 'Đơn vị thuộc bộ'), ('ubnd', 'Ủy ban nhân dân'), ('so', 'Sở, ban, ngành'), ('tt-pvhcc', 'Trung tâm Phục vụ hành chính công'), ('doan-the', 'Mặt trận, đoàn thể'), ('khac', 'Cơ quan, đơn vị khác')], max_length=12, verbose_name='loại')),
                    ('address', cms.core.models.NFCCharField(blank=True, max_length=250, verbose_name='địa chỉ')),
                    ('hotline', models.CharField(blank=True, max_length=30, verbose_name='đường dây nóng')),
                    ('is_active', models.BooleanField(default=True, verbose_name='đang hoạt động')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisations.organisation', verbose_name='cơ quan cấp trên')),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='places.administrativeunit', verbose_name='địa bàn')),
                ],
                options={
                    'verbose_name': 'cơ quan, đơn vị',
                    'verbose_name_plural': 'cơ quan, đơn vị',
                    'ordering': ['place__path', 'name'],
                    'constraints': [models.UniqueConstraint(fields=('place', 'name'), name='organisation_name_once_per_place'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='organisation_is_not_its_own_parent')],
                },
            ),
            migrations.CreateModel(
                name='LeadBody',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('place', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='lead_body', to='places.administrativeunit', verbose_name='địa bàn')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='organisations.organisation', verbose_name='cơ quan đầu mối')),
                ],
                options={
                    'verbose_name': 'cơ quan đầu mối',
                    'verbose_name_plural': 'cơ quan đầu mối',
                },
            ),
        ]),
    ]
