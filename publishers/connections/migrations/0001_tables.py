import cms.core.models
import cms.core.sealed_field
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [('connections', '0001_initial'), ('connections', '0002_consents_and_health')]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('channels', '0001_tables'),
        ('core', '0001_search_index'),
        ('organisations', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='PlatformApp',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('platform', models.CharField(choices=[('facebook', 'Ứng dụng Facebook'), ('google', 'Dự án Google'), ('zalo', 'Ứng dụng Zalo')], max_length=10, verbose_name='nền tảng')),
                    ('name', cms.core.models.NFCCharField(max_length=120, verbose_name='tên ứng dụng')),
                    ('app_id', models.CharField(max_length=200, verbose_name='mã ứng dụng')),
                    ('secret', cms.core.sealed_field.SealedField(blank=True, default='', verbose_name='khóa bí mật')),
                    ('console_verifier', cms.core.sealed_field.SealedField(blank=True, default='', editable=False)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='platform_apps', to='organisations.organisation', verbose_name='cơ quan đăng ký')),
                ],
                options={
                    'verbose_name': 'ứng dụng trên nền tảng',
                    'verbose_name_plural': 'ứng dụng trên nền tảng',
                    'ordering': ['platform', 'name'],
                    'constraints': [models.UniqueConstraint(fields=('platform', 'app_id'), name='one_row_per_platform_app')],
                },
            ),
            migrations.CreateModel(
                name='Connection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('access_token', cms.core.sealed_field.SealedField(blank=True, default='', editable=False, verbose_name='mã truy cập')),
                    ('refresh_token', cms.core.sealed_field.SealedField(blank=True, default='', editable=False, verbose_name='mã gia hạn')),
                    ('expires_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='mã truy cập hết hạn lúc')),
                    ('refresh_token_since', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='mã gia hạn có từ')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('lease_until', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('state', models.CharField(choices=[('ok', 'Đang kết nối'), ('needs-reconnect', 'Cần kết nối lại'), ('disconnected', 'Đã ngắt kết nối')], default='ok', editable=False, max_length=16, verbose_name='tình trạng')),
                    ('scopes', models.JSONField(blank=True, default=list, editable=False, verbose_name='quyền được cấp')),
                    ('connected_at', models.DateTimeField(editable=False, null=True, verbose_name='kết nối lúc')),
                    ('last_checked', models.DateTimeField(editable=False, null=True, verbose_name='kiểm tra lần cuối')),
                    ('last_error_sentence', cms.core.models.NFCCharField(blank=True, editable=False, max_length=300, verbose_name='lỗi gần nhất')),
                    ('health', models.CharField(blank=True, choices=[('good', 'Tốt'), ('care', 'Cần chú ý'), ('bad', 'Không đăng được'), ('unknown', 'Chưa kiểm tra được')], editable=False, max_length=10, verbose_name='sức khỏe')),
                    ('health_checked_at', models.DateTimeField(editable=False, null=True, verbose_name='kiểm tra sức khỏe lúc')),
                    ('findings', models.JSONField(blank=True, default=list, editable=False)),
                    ('facts', models.JSONField(blank=True, default=dict, editable=False)),
                    ('data_access_until', models.DateTimeField(editable=False, null=True, verbose_name='quyền dữ liệu hết hạn lúc')),
                    ('package_until', models.DateField(editable=False, null=True, verbose_name='gói dịch vụ OA đến ngày')),
                    ('told', models.CharField(blank=True, editable=False, max_length=40)),
                    ('channel', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='connection', to='channels.channel', verbose_name='kênh')),
                    ('connected_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người kết nối')),
                    ('app', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='connections', to='connections.platformapp', verbose_name='ứng dụng')),
                ],
                options={
                    'verbose_name': 'kết nối kênh',
                    'verbose_name_plural': 'kết nối kênh',
                    'indexes': [models.Index(fields=['state', 'expires_at'], name='connection_expiry')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['ok', 'needs-reconnect', 'disconnected'])), name='connection_state_is_known')],
                },
            ),
            migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state_hash', models.CharField(editable=False, max_length=64, unique=True)),
                    ('session_hash', models.CharField(editable=False, max_length=64)),
                    ('redirect_uri', models.CharField(max_length=500)),
                    ('verifier', cms.core.sealed_field.SealedField(blank=True, default='', editable=False)),
                    ('choices', cms.core.sealed_field.SealedField(blank=True, default='', editable=False)),
                    ('opened_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(null=True)),
                    ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='channels.channel')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('app', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='connections.platformapp')),
                ],
                options={
                    'verbose_name': 'lượt cấp quyền',
                    'verbose_name_plural': 'lượt cấp quyền',
                },
            ),
        ]),
    ]
