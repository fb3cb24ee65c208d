import cms.core.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ("facts", "0001_initial"),
        ("facts", "0002_initial"),
        ("facts", "0003_invitations"),
    ]


    initial = True

    dependencies = [
        ("core", "0001_search_index"),
        ('organisations', '0001_tables'),
        ('places', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Fact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('key', models.CharField(choices=[('ten-trung-tam', 'Tên Trung tâm Phục vụ hành chính công'), ('dia-chi-trung-tam', 'Địa chỉ Trung tâm Phục vụ hành chính công'), ('gio-lam-viec', 'Giờ làm việc'), ('duong-day-nong', 'Đường dây nóng'), ('tong-dai-quoc-gia', 'Tổng đài hỗ trợ dịch vụ công'), ('cong-dich-vu-cong', 'Địa chỉ Cổng Dịch vụ công'), ('le-phi', 'Phí, lệ phí'), ('can-cu-phap-ly', 'Căn cứ pháp lý')], max_length=30, verbose_name='loại dữ kiện')),
                    ('value', cms.core.models.NFCTextField(verbose_name='nội dung')),
                    ('valid_from', models.DateField(verbose_name='hiệu lực từ ngày')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='hiệu lực đến hết ngày')),
                    ('source', cms.core.models.NFCCharField(max_length=250, verbose_name='nguồn')),
                    ('is_sample', models.BooleanField(default=False, help_text='Dữ liệu dựng để minh họa, không phải số liệu thật.', verbose_name='số liệu minh họa')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='organisations.organisation', verbose_name='cơ quan cung cấp')),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='places.administrativeunit', verbose_name='địa bàn')),
                ],
                options={
                    'verbose_name': 'dữ kiện',
                    'verbose_name_plural': 'dữ kiện',
                    'ordering': ['place__path', 'key', '-valid_from'],
                    'indexes': [models.Index(fields=['key', 'place'], name='fact_key_place')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='fact_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('value', ''), _negated=True), name='fact_is_never_empty'), models.UniqueConstraint(fields=('place', 'key', 'valid_from'), name='one_fact_per_place_key_and_day')],
                },
            ),
            migrations.CreateModel(
                name='FactInvitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('token_sha256', models.CharField(max_length=64, unique=True, verbose_name='mã băm của liên kết')),
                    ('expires_at', models.DateTimeField(verbose_name='hết hạn lúc')),
                    ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='dùng lúc')),
                    ('used_by', cms.core.models.NFCCharField(blank=True, max_length=120, verbose_name='chức vụ người điền')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='thu hồi lúc')),
                    ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người mời')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fact_invitations', to='organisations.organisation', verbose_name='cơ quan mời')),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fact_invitations', to='places.administrativeunit', verbose_name='địa bàn')),
                ],
                options={
                    'verbose_name': 'liên kết tự điền dữ kiện',
                    'verbose_name_plural': 'liên kết tự điền dữ kiện',
                    'ordering': ['-created_at'],
                    'indexes': [models.Index(fields=['place', 'expires_at'], name='fact_invitation_place')],
                },
            ),
        ]),
    ]
