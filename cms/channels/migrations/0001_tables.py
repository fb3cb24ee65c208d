import cms.core.models
import cms.core.sealed_field
import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [('channels', '0001_initial'), ('channels', '0002_initial'), ('channels', '0003_quiet_hours'), ('channels', '0004_register')]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('core', '0001_search_index'),
        ('organisations', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Channel',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('kind', models.CharField(choices=[('facebook', 'Trang Facebook'), ('youtube', 'Kênh YouTube'), ('zalo', 'Zalo OA'), ('loudspeaker', 'Đài truyền thanh'), ('portal', 'Cổng thông tin điện tử'), ('tiktok', 'Kênh TikTok'), ('sms', 'Tin nhắn'), ('notice-board', 'Bảng tin'), ('press', 'Báo chí')], max_length=20, verbose_name='loại kênh')),
                    ('name', cms.core.models.NFCCharField(max_length=150, verbose_name='tên kênh')),
                    ('external_id', models.CharField(blank=True, help_text='Mã Trang, mã kênh YouTube hoặc mã OA.', max_length=100, verbose_name='mã trên nền tảng')),
                    ('address', models.URLField(blank=True, verbose_name='địa chỉ kênh')),
                    ('decision_number', cms.core.models.NFCCharField(blank=True, max_length=80, verbose_name='số quyết định lập kênh')),
                    ('decision_date', models.DateField(blank=True, null=True, verbose_name='ngày quyết định')),
                    ('verified_phone', cms.core.models.NFCCharField(blank=True, help_text='Số của cơ quan dùng xác thực tài khoản mạng xã hội (Nghị định 147/2024/NĐ-CP).', max_length=20, validators=[django.core.validators.RegexValidator('^\\+?[0-9][0-9 .]{7,17}$', 'Số điện thoại chỉ gồm chữ số, ví dụ: 024 3944 1234 hoặc 1900 1234.')], verbose_name='số điện thoại đã xác thực')),
                    ('phone_verified_on', models.DateField(blank=True, null=True, verbose_name='ngày xác thực số điện thoại')),
                    ('recovery_role', cms.core.models.NFCCharField(blank=True, help_text='Chức danh giữ thông tin khôi phục, ví dụ: Chánh Văn phòng.', max_length=150, verbose_name='đầu mối khôi phục tài khoản')),
                    ('recovery_contact', cms.core.sealed_field.SealedField(blank=True, default='', verbose_name='liên hệ khôi phục')),
                    ('account_admins', cms.core.models.NFCTextField(blank=True, help_text='Ghi theo chức danh: ai có quyền quản trị Trang, kênh hoặc OA trên nền tảng.', max_length=1000, verbose_name='ai quản trị tài khoản')),
                    ('minimum_gap', models.PositiveIntegerField(default=0, verbose_name='khoảng cách tối thiểu giữa hai bài (giây)')),
                    ('quiet_from', models.TimeField(blank=True, help_text='Trong giờ nghỉ kênh không đăng bài; bài đến giờ sẽ đợi tới hết giờ nghỉ. Ví dụ: từ 22:00 đến 05:30.', null=True, verbose_name='giờ nghỉ, từ')),
                    ('quiet_until', models.TimeField(blank=True, null=True, verbose_name='giờ nghỉ, đến')),
                    ('is_active', models.BooleanField(default=True, verbose_name='đang dùng')),
                    ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='channels_as_deputy', to=settings.AUTH_USER_MODEL, verbose_name='người phụ trách thay')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='channels', to='organisations.organisation', verbose_name='cơ quan, đơn vị')),
                    ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='channels_in_charge', to=settings.AUTH_USER_MODEL, verbose_name='người phụ trách')),
                ],
                options={
                    'verbose_name': 'kênh',
                    'verbose_name_plural': 'kênh',
                    'ordering': ['organisation__place__path', 'kind', 'name'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('kind', 'external_id'), name='one_channel_per_account'), models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_until__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False)), _connector='OR'), name='quiet_hours_have_both_ends', violation_error_message='Giờ nghỉ cần cả giờ bắt đầu và giờ kết thúc.'), models.CheckConstraint(condition=models.Q(('quiet_from__isnull', True), models.Q(('quiet_from', models.F('quiet_until')), _negated=True), _connector='OR'), name='quiet_hours_leave_time_to_post', violation_error_message='Giờ bắt đầu và giờ kết thúc giờ nghỉ phải khác nhau.')],
                },
            ),
            migrations.CreateModel(
                name='GoLiveStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('key', models.CharField(max_length=40)),
                    ('state', models.CharField(choices=[('chua', 'Chưa'), ('dang-lam', 'Đang làm'), ('da-xong', 'Đã xong'), ('khong-ap-dung', 'Không áp dụng')], default='chua', max_length=15, verbose_name='tình trạng')),
                    ('note', cms.core.models.NFCCharField(blank=True, max_length=300, verbose_name='ghi chú')),
                    ('changed_at', models.DateTimeField()),
                    ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='go_live_steps', to='channels.channel')),
                ],
                options={
                    'verbose_name': 'việc trước khi vận hành kênh',
                    'verbose_name_plural': 'việc trước khi vận hành kênh',
                    'constraints': [models.UniqueConstraint(fields=('channel', 'key'), name='one_row_per_channel_and_step')],
                },
            ),
        ]),
    ]
