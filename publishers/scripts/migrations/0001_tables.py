import cms.core.models
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [('scripts', '0001_initial'), ('scripts', '0002_lexicon_entry'), ('scripts', '0003_script_plan'), ('scripts', '0004_packages_and_readings'), ('scripts', '0005_language_versions')]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('core', '0001_search_index'),
        ('organisations', '0001_tables'),
        ('places', '0001_tables'),
        ('posts', '0001_tables'),
        ('schedule', '0001_tables'),
        ('stations', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='LanguageVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('language', models.CharField(choices=[('km', 'Khmer'), ('cjm', 'Chăm'), ('hmn', 'Mông'), ('blt', 'Thái'), ('rad', 'Ê Đê'), ('jra', 'Gia Rai'), ('bdq', 'Ba Na'), ('sed', 'Xơ Đăng'), ('kpm', 'K’ho'), ('cmo', 'M’nông'), ('ktv', 'Cơ Tu'), ('ium', 'Dao'), ('tyz', 'Tày'), ('nut', 'Nùng'), ('bru', 'Bru – Vân Kiều')], max_length=12, verbose_name='ngôn ngữ')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='bản số')),
                    ('title', cms.core.models.NFCCharField(max_length=200, verbose_name='tiêu đề')),
                    ('text', cms.core.models.NFCTextField(verbose_name='nội dung')),
                    ('source_sha256', models.CharField(max_length=64, verbose_name='mã băm bản tiếng Việt')),
                    ('translator', cms.core.models.NFCCharField(max_length=120, verbose_name='người dịch')),
                    ('checker', cms.core.models.NFCCharField(max_length=120, verbose_name='người soát')),
                    ('state', models.CharField(choices=[('draft', 'Đang soạn'), ('approved', 'Đã duyệt'), ('ended', 'Đã thay hoặc thu hồi')], default='draft', max_length=10, verbose_name='tình trạng')),
                    ('approved_hash', models.CharField(blank=True, max_length=64, verbose_name='mã băm nội dung đã duyệt')),
                    ('approver_name', cms.core.models.NFCCharField(blank=True, max_length=120, verbose_name='tên người duyệt')),
                    ('approver_position', cms.core.models.NFCCharField(blank=True, max_length=120, verbose_name='chức vụ người duyệt')),
                    ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='duyệt lúc')),
                    ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người duyệt')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người nhập')),
                    ('variant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='posts.variant', verbose_name='nội dung')),
                ],
                options={
                    'verbose_name': 'bản dịch của bản tin',
                    'verbose_name_plural': 'bản dịch của bản tin',
                    'ordering': ['language', '-number'],
                    'constraints': [models.UniqueConstraint(fields=('variant', 'language', 'number'), name='language_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('variant', 'language'), name='one_approved_per_language'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('translator', ''), _negated=True), models.Q(('checker', ''), _negated=True)), name='language_version_is_never_empty')],
                },
            ),
            migrations.CreateModel(
                name='LexiconEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('written', cms.core.models.NFCCharField(max_length=100, verbose_name='dạng viết')),
                    ('spoken', cms.core.models.NFCCharField(max_length=300, verbose_name='cách đọc')),
                    ('kind', models.CharField(choices=[('abbreviation', 'Chữ viết tắt'), ('name', 'Tên riêng'), ('place', 'Địa danh'), ('foreign', 'Từ nước ngoài'), ('address', 'Địa chỉ mạng'), ('hotline', 'Đường dây nóng')], default='abbreviation', max_length=12, verbose_name='loại')),
                    ('when', cms.core.models.NFCCharField(blank=True, max_length=300, verbose_name='chỉ khi')),
                    ('sure', models.CharField(choices=[('certain', 'Luôn đọc như vậy'), ('uncertain', 'Đọc như vậy nhưng nhắc xem lại'), ('unknown', 'Luôn hỏi lại')], default='certain', max_length=9, verbose_name='mức chắc chắn')),
                    ('alternatives', cms.core.models.NFCCharField(blank=True, max_length=600, verbose_name='cách đọc khác')),
                    ('note', cms.core.models.NFCCharField(blank=True, max_length=250, verbose_name='ghi chú')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lexicon_entries', to='organisations.organisation', verbose_name='cơ quan')),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lexicon_entries', to='places.administrativeunit', verbose_name='địa bàn')),
                    ('post', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='lexicon_entries', to='posts.post', verbose_name='chỉ trong bản tin')),
                ],
                options={
                    'verbose_name': 'cách đọc',
                    'verbose_name_plural': 'từ điển cách đọc',
                    'ordering': ['written', 'pk'],
                    'indexes': [models.Index(fields=['place', 'post'], name='lexicon_place_post')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('written', ''), _negated=True), models.Q(('spoken', ''), _negated=True)), name='lexicon_entry_is_never_empty'), models.UniqueConstraint(condition=models.Q(('post__isnull', True)), fields=('place', 'written', 'when'), name='one_reading_per_place'), models.UniqueConstraint(condition=models.Q(('post__isnull', False)), fields=('post', 'written', 'when'), name='one_reading_per_script')],
                },
            ),
            migrations.CreateModel(
                name='PackageJob',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('state', models.CharField(choices=[('waiting', 'Chờ đến lượt'), ('running', 'Đang dựng'), ('done', 'Xong'), ('stopped', 'Đã dừng'), ('failed', 'Không dựng được')], default='waiting', max_length=8, verbose_name='tình trạng')),
                    ('total', models.PositiveIntegerField(default=0, verbose_name='số bản tin')),
                    ('done', models.PositiveIntegerField(default=0, verbose_name='đã dựng')),
                    ('tries', models.PositiveSmallIntegerField(default=0, editable=False)),
                    ('lease_until', models.DateTimeField(editable=False, null=True)),
                    ('fence', models.PositiveIntegerField(default=0, editable=False)),
                    ('sentence', cms.core.models.NFCCharField(blank=True, max_length=250, verbose_name='lý do')),
                    ('finished_at', models.DateTimeField(null=True, verbose_name='xong lúc')),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người yêu cầu')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='package_jobs', to='organisations.organisation', verbose_name='cơ quan ban hành')),
                    ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='package_jobs', to='schedule.slot', verbose_name='giờ phát')),
                ],
                options={
                    'verbose_name': 'gói bản tin theo tỉnh',
                    'verbose_name_plural': 'gói bản tin theo tỉnh',
                    'ordering': ['-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='packages_never_more_than_all'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running'])), fields=('slot',), name='one_package_job_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='ScriptPlan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('priority', models.CharField(choices=[('thong-thuong', 'Thông thường'), ('uu-tien', 'Ưu tiên'), ('khan-cap', 'Khẩn cấp')], default='thong-thuong', max_length=12, verbose_name='mức ưu tiên')),
                    ('keeps', models.JSONField(blank=True, default=dict, verbose_name='đoạn giữ lại khi cắt ngắn')),
                    ('updated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người đặt')),
                    ('variant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='script_plan', to='posts.variant')),
                ],
                options={
                    'verbose_name': 'cách phát bản tin',
                    'verbose_name_plural': 'cách phát bản tin',
                },
            ),
            migrations.CreateModel(
                name='ScriptVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='bản số')),
                    ('code', models.CharField(max_length=12, unique=True, verbose_name='mã xác minh')),
                    ('title', cms.core.models.NFCCharField(max_length=200, verbose_name='tiêu đề')),
                    ('issuer', cms.core.models.NFCCharField(max_length=200, verbose_name='tên cơ quan ban hành')),
                    ('priority', models.CharField(choices=[('thong-thuong', 'Thông thường'), ('uu-tien', 'Ưu tiên'), ('khan-cap', 'Khẩn cấp')], default='thong-thuong', max_length=12, verbose_name='mức ưu tiên')),
                    ('blocks', models.JSONField(verbose_name='các đoạn')),
                    ('body_sha256', models.CharField(max_length=64, verbose_name='SHA-256 của nội dung')),
                    ('syllables', models.PositiveIntegerField(verbose_name='số âm tiết')),
                    ('seconds', models.PositiveIntegerField(verbose_name='thời lượng (giây)')),
                    ('facts', models.JSONField(default=dict, verbose_name='dữ kiện đã điền')),
                    ('notes', models.JSONField(default=list, verbose_name='ghi chú biên tập')),
                    ('approval_hash', models.CharField(max_length=64, verbose_name='mã băm nội dung đã duyệt')),
                    ('on_air_at', models.DateTimeField(verbose_name='giờ phát')),
                    ('issued_at', models.DateTimeField(verbose_name='ban hành lúc')),
                    ('state', models.CharField(choices=[('live', 'Còn hiệu lực'), ('superseded', 'Đã có bản đính chính'), ('withdrawn', 'Đã thu hồi')], default='live', max_length=12, verbose_name='tình trạng')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='hết hiệu lực lúc')),
                    ('end_reason', cms.core.models.NFCCharField(blank=True, max_length=250, verbose_name='lý do')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scripts', to='organisations.organisation', verbose_name='cơ quan ban hành')),
                    ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scripts', to='schedule.slot', verbose_name='giờ phát')),
                    ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scripts', to='stations.station', verbose_name='đài truyền thanh')),
                ],
                options={
                    'verbose_name': 'bản tin phát thanh',
                    'verbose_name_plural': 'bản tin phát thanh',
                    'ordering': ['-on_air_at', 'pk'],
                    'indexes': [models.Index(fields=['station', 'on_air_at'], name='script_station_day')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'live')), fields=('station', 'slot'), name='one_live_script_per_station_and_slot'), models.UniqueConstraint(fields=('station', 'slot', 'number'), name='script_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('body_sha256', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='script_is_never_empty'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'live')), models.Q(models.Q(('state', 'live'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='script_ended_knows_when')],
                },
            ),
            migrations.CreateModel(
                name='SpokenText',
                fields=[
                    ('key', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='mã nội dung')),
                    ('style', models.CharField(max_length=8, verbose_name='cách đọc')),
                    ('lexicon', models.CharField(max_length=20, verbose_name='phiên bản từ điển')),
                    ('written', cms.core.models.NFCTextField(verbose_name='dạng viết')),
                    ('spoken', cms.core.models.NFCTextField(verbose_name='dạng đọc')),
                    ('marks', models.JSONField(default=list)),
                    ('flags', models.JSONField(default=list)),
                    ('blocked', models.BooleanField(default=False, verbose_name='có chỗ chưa đọc được')),
                    ('syllables', models.PositiveIntegerField(verbose_name='số âm tiết')),
                    ('sentences', models.PositiveIntegerField(verbose_name='số câu')),
                    ('seconds', models.FloatField(verbose_name='thời lượng (giây)')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'verbose_name': 'đoạn đã chuyển sang dạng đọc',
                    'verbose_name_plural': 'đoạn đã chuyển sang dạng đọc',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('written', ''), _negated=True), models.Q(('spoken', ''), _negated=True)), name='spoken_text_is_never_empty')],
                },
            ),
            migrations.CreateModel(
                name='ProvincePackage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(db_index=True, max_length=64)),
                    ('scripts', models.PositiveIntegerField(verbose_name='số bản tin')),
                    ('file', models.CharField(max_length=200)),
                    ('size', models.PositiveBigIntegerField(verbose_name='dung lượng')),
                    ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                    ('is_taken_over', models.BooleanField(default=False, verbose_name='dùng lại gói trước')),
                    ('made_at', models.DateTimeField(verbose_name='dựng lúc')),
                    ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='packages', to='scripts.packagejob')),
                    ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.administrativeunit', verbose_name='tỉnh, thành phố')),
                ],
                options={
                    'verbose_name': 'gói của một tỉnh',
                    'verbose_name_plural': 'gói của từng tỉnh',
                    'ordering': ['province__sort_name'],
                    'constraints': [models.UniqueConstraint(fields=('job', 'province'), name='one_package_per_province')],
                },
            ),
            migrations.CreateModel(
                name='RecordedReading',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('source', models.CharField(choices=[('tai-len', 'Tải lên'), ('ghi-am', 'Ghi âm trên trình duyệt')], max_length=8, verbose_name='cách đưa lên')),
                    ('body_sha256', models.CharField(max_length=64, verbose_name='SHA-256 của bản tin đã đọc')),
                    ('file', models.CharField(max_length=200)),
                    ('size', models.PositiveBigIntegerField(verbose_name='dung lượng')),
                    ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 của tệp')),
                    ('seconds', models.FloatField(verbose_name='thời lượng (giây)')),
                    ('loudness', models.FloatField(verbose_name='độ lớn (LUFS)')),
                    ('replaced_at', models.DateTimeField(blank=True, null=True, verbose_name='được thay lúc')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recorded_readings', to='organisations.organisation', verbose_name='cơ quan')),
                    ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người đưa lên')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='scripts.scriptversion', verbose_name='bản tin')),
                ],
                options={
                    'verbose_name': 'bản đọc của người',
                    'verbose_name_plural': 'bản đọc của người',
                    'ordering': ['-pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('version',), name='one_reading_counts_per_script')],
                },
            ),
        ]),
    ]
