import cms.core.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [('programmes', '0001_initial')]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('core', '0001_search_index'),
        ('organisations', '0001_tables'),
        ('scripts', '0001_tables'),
        ('stations', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='EnrolmentCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('code_sha256', models.CharField(max_length=64, unique=True, verbose_name='mã băm của mã ghi danh')),
                    ('expires_at', models.DateTimeField(verbose_name='hết hạn lúc')),
                    ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='dùng lúc')),
                    ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người cấp')),
                    ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolment_codes', to='stations.station', verbose_name='đài truyền thanh')),
                ],
                options={
                    'verbose_name': 'mã ghi danh',
                    'verbose_name_plural': 'mã ghi danh',
                },
            ),
            migrations.CreateModel(
                name='LocalNotice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('title', cms.core.models.NFCCharField(max_length=150, verbose_name='tiêu đề')),
                    ('text', cms.core.models.NFCTextField(verbose_name='nội dung')),
                    ('priority', models.CharField(choices=[('thong-thuong', 'Thông thường'), ('uu-tien', 'Ưu tiên'), ('khan-cap', 'Khẩn cấp')], default='thong-thuong', max_length=12, verbose_name='mức ưu tiên')),
                    ('first_day', models.DateField(verbose_name='phát từ ngày')),
                    ('last_day', models.DateField(verbose_name='phát đến hết ngày')),
                    ('state', models.CharField(choices=[('draft', 'Đang soạn'), ('waiting', 'Chờ duyệt'), ('approved', 'Đã duyệt'), ('withdrawn', 'Đã thu hồi')], default='draft', max_length=10, verbose_name='tình trạng')),
                    ('code', models.CharField(blank=True, db_index=True, max_length=12, verbose_name='mã xác minh')),
                    ('blocks', models.JSONField(blank=True, default=list, verbose_name='các đoạn')),
                    ('seconds', models.PositiveIntegerField(default=0, verbose_name='thời lượng (giây)')),
                    ('approved_hash', models.CharField(blank=True, max_length=64, verbose_name='mã băm nội dung đã duyệt')),
                    ('approver_name', cms.core.models.NFCCharField(blank=True, max_length=120, verbose_name='tên người duyệt')),
                    ('approver_position', cms.core.models.NFCCharField(blank=True, max_length=120, verbose_name='chức vụ người duyệt')),
                    ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='duyệt lúc')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='thu hồi lúc')),
                    ('end_reason', cms.core.models.NFCCharField(blank=True, max_length=250, verbose_name='lý do')),
                    ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người duyệt')),
                    ('last_edited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người sửa cuối')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người soạn')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='local_notices', to='organisations.organisation', verbose_name='cơ quan ban hành')),
                    ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='stations.station', verbose_name='đài truyền thanh')),
                ],
                options={
                    'verbose_name': 'thông báo của địa phương',
                    'verbose_name_plural': 'thông báo của địa phương',
                    'ordering': ['-first_day', '-pk'],
                    'indexes': [models.Index(fields=['station', 'first_day', 'last_day'], name='notice_station_days')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='notice_is_never_empty'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='notice_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(models.Q(('approved_hash', ''), _negated=True), models.Q(('code', ''), _negated=True), ('approved_at__isnull', False)), _connector='OR'), name='notice_approved_knows_by_whom')],
                },
            ),
            migrations.CreateModel(
                name='OperatorDevice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('label', cms.core.models.NFCCharField(max_length=60, verbose_name='tên gọi')),
                    ('token_sha256', models.CharField(max_length=64, unique=True, verbose_name='mã băm của thiết bị')),
                    ('pin_hash', models.CharField(max_length=160, verbose_name='mã băm của PIN')),
                    ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='số lần nhập sai PIN')),
                    ('locked_until', models.DateTimeField(blank=True, null=True, verbose_name='khóa đến')),
                    ('last_used_at', models.DateTimeField(blank=True, null=True, verbose_name='dùng gần nhất')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='thu hồi lúc')),
                    ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to='stations.station', verbose_name='đài truyền thanh')),
                ],
                options={
                    'verbose_name': 'điện thoại trực',
                    'verbose_name_plural': 'điện thoại trực',
                    'ordering': ['station', '-created_at'],
                },
            ),
            migrations.CreateModel(
                name='Programme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('day', models.DateField(verbose_name='ngày phát')),
                    ('starts', models.TimeField(verbose_name='từ')),
                    ('ends', models.TimeField(verbose_name='đến')),
                    ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='stations.station', verbose_name='đài truyền thanh')),
                    ('updated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người sắp xếp')),
                ],
                options={
                    'verbose_name': 'chương trình phát thanh',
                    'verbose_name_plural': 'chương trình phát thanh',
                    'ordering': ['-day', 'starts'],
                    'constraints': [models.UniqueConstraint(fields=('station', 'day', 'starts'), name='one_programme_per_session'), models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='programme_ends_after_it_starts')],
                },
            ),
            migrations.CreateModel(
                name='AirLogEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('script', 'Bản tin'), ('notice', 'Thông báo của địa phương'), ('relay', 'Tiếp âm')], max_length=8, verbose_name='nguồn')),
                    ('title', cms.core.models.NFCCharField(max_length=200, verbose_name='tên bản tin')),
                    ('issuer', cms.core.models.NFCCharField(blank=True, max_length=200, verbose_name='cơ quan ban hành')),
                    ('priority', models.CharField(choices=[('thong-thuong', 'Thông thường'), ('uu-tien', 'Ưu tiên'), ('khan-cap', 'Khẩn cấp')], default='thong-thuong', max_length=12, verbose_name='loại')),
                    ('text_sha256', models.CharField(blank=True, max_length=64, verbose_name='mã băm nội dung')),
                    ('starts_at', models.DateTimeField(verbose_name='bắt đầu')),
                    ('ends_at', models.DateTimeField(verbose_name='kết thúc')),
                    ('clusters', models.PositiveSmallIntegerField(default=0, verbose_name='số cụm loa phát được')),
                    ('note', cms.core.models.NFCCharField(blank=True, max_length=250, verbose_name='sự cố, ghi chú')),
                    ('evidence', models.CharField(choices=[('a', 'A: máy trực xác nhận trong vòng 2 giờ'), ('b', 'B: máy trực xác nhận sau'), ('c', 'C: khai trong trang quản trị')], max_length=1, verbose_name='mức bằng chứng')),
                    ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('request_key', models.CharField(max_length=64, unique=True)),
                    ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                    ('script', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='broadcasts', to='scripts.scriptversion', verbose_name='bản tin')),
                    ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='air_log', to='stations.station', verbose_name='đài truyền thanh')),
                    ('notice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='broadcasts', to='programmes.localnotice', verbose_name='thông báo')),
                    ('device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='broadcasts', to='programmes.operatordevice', verbose_name='máy trực')),
                ],
                options={
                    'verbose_name': 'lượt phát',
                    'verbose_name_plural': 'nhật ký phát thanh',
                    'ordering': ['starts_at', 'pk'],
                    'indexes': [models.Index(fields=['station', 'starts_at'], name='air_log_station_time')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='broadcast_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('device__isnull', False), models.Q(('evidence', 'c'), _negated=True)), models.Q(('recorded_by__isnull', False), ('evidence', 'c')), _connector='OR'), name='broadcast_knows_who_says_so')],
                },
            ),
            migrations.CreateModel(
                name='ProgrammeItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=40, verbose_name='mục')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                    ('minutes', models.PositiveSmallIntegerField(default=0, verbose_name='bản phút')),
                    ('skipped', models.BooleanField(default=False, verbose_name='không phát')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='programmes.programme')),
                ],
                options={
                    'verbose_name': 'mục của chương trình',
                    'verbose_name_plural': 'mục của chương trình',
                    'ordering': ['position'],
                    'constraints': [models.UniqueConstraint(fields=('programme', 'key'), name='item_once_per_programme'), models.CheckConstraint(condition=models.Q(('minutes__in', [0, 1, 3, 5])), name='item_has_a_known_length')],
                },
            ),
            migrations.CreateModel(
                name='Relay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', cms.core.models.NFCCharField(max_length=150, verbose_name='tên chương trình tiếp âm')),
                    ('source', cms.core.models.NFCCharField(max_length=100, verbose_name='nguồn')),
                    ('minutes', models.PositiveSmallIntegerField(verbose_name='số phút')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relays', to='programmes.programme')),
                ],
                options={
                    'verbose_name': 'tiếp âm',
                    'verbose_name_plural': 'tiếp âm',
                    'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 60)), name='relay_lasts_up_to_an_hour')],
                },
            ),
        ]),
    ]
