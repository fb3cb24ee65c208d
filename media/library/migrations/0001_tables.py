import cms.core.models
import django.core.validators
import django.db.models.deletion
import media.library.storage
import modelcluster.fields
import modelsearch.index
import taggit.managers
import uuid
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ("library", "0001_initial"),
        ("library", "0002_initial"),
        ("library", "0003_files_of_blobs"),
        ("library", "0004_parental_relations"),
        ("library", "0005_withdrawal"),
        ("library", "0006_finding"),
        ("library", "0007_rights_and_terms"),
        ("library", "0008_uploads_on_their_way"),
        ("library", "0009_flags_and_version_notes"),
        ("library", "0010_likeness"),
    ]


    initial = True

    dependencies = [
        ("core", "0001_search_index"),
        ('facts', '0001_tables'),
        ('organisations', '0001_tables'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('taxonomy', '0001_tables'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Blob',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sha256', models.CharField(max_length=64, unique=True, verbose_name='SHA-256')),
                    ('size', models.PositiveBigIntegerField(verbose_name='dung lượng (byte)')),
                    ('media_type', models.CharField(max_length=80, verbose_name='kiểu tệp')),
                    ('file', models.FileField(max_length=200, upload_to='', verbose_name='tệp')),
                    ('references', models.PositiveIntegerField(default=0, verbose_name='số nơi dùng')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'verbose_name': 'tệp gốc',
                    'verbose_name_plural': 'tệp gốc',
                },
            ),
            migrations.CreateModel(
                name='SearchPending',
                fields=[
                    ('asset_id', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                    ('since', models.DateTimeField(db_index=True)),
                ],
            ),
            migrations.CreateModel(
                name='DocumentText',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField(blank=True)),
                    ('complaint', models.CharField(blank=True, max_length=40)),
                    ('read_at', models.DateTimeField(auto_now=True)),
                    ('blob', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='library.blob')),
                ],
            ),
            migrations.CreateModel(
                name='LibraryDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=255, verbose_name='title')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                    ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                    ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
                    ('file', models.FileField(max_length=200, storage=media.library.storage.blob_storage, upload_to='', verbose_name='tệp')),
                    ('blob', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='library.blob')),
                    ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='cơ quan sở hữu')),
                    ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                    ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                ],
                options={
                    'verbose_name': 'tệp văn bản',
                    'verbose_name_plural': 'tệp văn bản',
                    'abstract': False,
                },
                bases=(modelsearch.index.Indexed, models.Model),
            ),
            migrations.CreateModel(
                name='LibraryImage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=255, verbose_name='title')),
                    ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                    ('width', models.IntegerField(editable=False, verbose_name='width')),
                    ('height', models.IntegerField(editable=False, verbose_name='height')),
                    ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                    ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                    ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                    ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                    ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                    ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                    ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                    ('file', wagtail.images.models.WagtailImageField(height_field='height', max_length=200, storage=media.library.storage.blob_storage, upload_to='', verbose_name='tệp', width_field='width')),
                    ('look', models.BigIntegerField(db_index=True, editable=False, null=True)),
                    ('blob', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='images', to='library.blob')),
                    ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='cơ quan sở hữu')),
                    ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                    ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                ],
                options={
                    'verbose_name': 'hình ảnh',
                    'verbose_name_plural': 'hình ảnh',
                    'abstract': False,
                },
                bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
            ),
            migrations.CreateModel(
                name='LibraryMedia',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=255, verbose_name='title')),
                    ('type', models.CharField(choices=[('audio', 'Audio file'), ('video', 'Video file')], max_length=255)),
                    ('duration', models.FloatField(blank=True, default=0, help_text='Duration in seconds', validators=[django.core.validators.MinValueValidator(0)], verbose_name='duration')),
                    ('width', models.PositiveIntegerField(blank=True, null=True, verbose_name='width')),
                    ('height', models.PositiveIntegerField(blank=True, null=True, verbose_name='height')),
                    ('thumbnail', models.FileField(blank=True, upload_to='media_thumbnails', verbose_name='thumbnail')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                    ('file', models.FileField(max_length=200, storage=media.library.storage.blob_storage, upload_to='', verbose_name='tệp')),
                    ('blob', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clips', to='library.blob')),
                    ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='cơ quan sở hữu')),
                    ('poster', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='poster_of', to='library.libraryimage', verbose_name='ảnh bìa')),
                    ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                    ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                ],
                options={
                    'verbose_name': 'video, âm thanh',
                    'verbose_name_plural': 'video, âm thanh',
                    'abstract': False,
                },
                bases=(modelsearch.index.Indexed, models.Model),
            ),
            migrations.CreateModel(
                name='Asset',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                    ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                    ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                    ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                    ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                    ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                    ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                    ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                    ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                    ('kind', models.CharField(choices=[('do-hoa', 'Đồ họa'), ('video', 'Video'), ('am-thanh', 'Âm thanh'), ('bai-viet', 'Bài viết'), ('van-ban', 'Văn bản')], max_length=12, verbose_name='loại tài liệu')),
                    ('title', cms.core.models.NFCCharField(max_length=200, verbose_name='tên tài liệu')),
                    ('summary', cms.core.models.NFCTextField(blank=True, verbose_name='tóm tắt dễ hiểu')),
                    ('body', wagtail.fields.StreamField([('heading', 0), ('paragraph', 1), ('steps', 3), ('warning', 4)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'icon': 'title', 'label': 'Tiêu đề mục'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol', 'link'], 'label': 'Đoạn văn'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Bước'}), 3: ('wagtail.blocks.ListBlock', (2,), {'icon': 'list-ol', 'label': 'Các bước'}), 4: ('wagtail.blocks.CharBlock', (), {'icon': 'warning', 'label': 'Cảnh báo'})}, verbose_name='nội dung')),
                    ('alt_text', cms.core.models.NFCTextField(blank=True, verbose_name='mô tả hình cho người khiếm thị')),
                    ('transcript', cms.core.models.NFCTextField(blank=True, verbose_name='lời thoại')),
                    ('captions', cms.core.models.NFCTextField(blank=True, help_text='Định dạng WebVTT.', verbose_name='phụ đề')),
                    ('source_note', cms.core.models.NFCCharField(blank=True, max_length=250, verbose_name='nguồn')),
                    ('language', models.CharField(choices=[('vi', 'Tiếng Việt'), ('tyz', 'Tiếng Tày'), ('nut', 'Tiếng Nùng'), ('blt', 'Tiếng Thái (Tây Bắc)'), ('mtq', 'Tiếng Mường'), ('hmn', 'Tiếng Mông'), ('ium', 'Tiếng Dao'), ('km', 'Tiếng Khmer'), ('cjm', 'Tiếng Chăm'), ('jra', 'Tiếng Gia Rai'), ('rad', 'Tiếng Ê Đê'), ('bdq', 'Tiếng Ba Na'), ('sed', 'Tiếng Xơ Đăng'), ('kpm', 'Tiếng Cơ Ho'), ('zh', 'Tiếng Hoa'), ('en', 'Tiếng Anh')], default='vi', max_length=20, verbose_name='ngôn ngữ')),
                    ('sharing', models.CharField(choices=[('rieng', 'Trong cơ quan'), ('nhanh', 'Trong địa bàn'), ('toan-he-thong', 'Toàn hệ thống'), ('cong-khai', 'Công khai')], default='rieng', max_length=14, verbose_name='phạm vi chia sẻ')),
                    ('document_status', models.CharField(blank=True, choices=[('', 'Không phải văn bản nguồn'), ('du-thao', 'Dự thảo'), ('con-hieu-luc', 'Còn hiệu lực'), ('het-hieu-luc', 'Hết hiệu lực')], default='', max_length=14, verbose_name='hiệu lực văn bản nguồn')),
                    ('document_number', cms.core.models.NFCCharField(blank=True, max_length=80, verbose_name='số, ký hiệu')),
                    ('procedure_code', models.CharField(blank=True, help_text='Mã trên Cổng Dịch vụ công quốc gia, ví dụ 1.001193.', max_length=20, validators=[django.core.validators.RegexValidator('^\\d\\.\\d{6}$', 'Mã thủ tục gồm một chữ số, dấu chấm và sáu chữ số, ví dụ 1.001193.')], verbose_name='mã thủ tục hành chính')),
                    ('rights_holder', cms.core.models.NFCCharField(blank=True, help_text='Cơ quan hoặc người làm ra nội dung, để ghi công và để hỏi khi cần dùng vào việc khác.', max_length=200, verbose_name='chủ sở hữu quyền')),
                    ('licence', models.CharField(blank=True, choices=[('tu-lam', 'Cơ quan tự làm, được dùng chung'), ('duoc-phep', 'Chủ sở hữu cho phép bằng văn bản'), ('giay-phep-mo', 'Giấy phép mở (CC BY, CC BY-SA, CC0)'), ('van-ban-nn', 'Văn bản của cơ quan nhà nước')], default='', max_length=14, verbose_name='quyền sử dụng')),
                    ('consent', models.CharField(blank=True, choices=[('khong-co-ai', 'Không có ai nhận ra được'), ('da-dong-y', 'Đã đồng ý bằng văn bản'), ('cong-vu', 'Người đang làm nhiệm vụ công khai, sự kiện công cộng')], default='', max_length=14, verbose_name='người nhận ra được trong hình, tiếng')),
                    ('consent_note', cms.core.models.NFCCharField(blank=True, help_text='Chỉ ghi nơi lưu và ngày, không ghi họ tên hay số giấy tờ của người đồng ý.', max_length=250, verbose_name='văn bản đồng ý lưu ở đâu')),
                    ('usable_from', models.DateTimeField(blank=True, help_text='Nơi khác chỉ đọc và dùng được từ lúc này.', null=True, verbose_name='chưa dùng trước')),
                    ('usable_until', models.DateField(blank=True, help_text='Sau ngày này không nơi nào dùng được nữa.', null=True, verbose_name='dùng đến hết ngày')),
                    ('version_note', cms.core.models.NFCCharField(blank=True, help_text='Phiên bản này đổi gì so với trước. Cần có khi thay tệp của tài liệu đã lưu.', max_length=200, verbose_name='ghi chú phiên bản')),
                    ('retired_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='ngừng dùng từ')),
                    ('machine_made', models.BooleanField(default=False, help_text='Sẽ được ghi rõ ở mọi nơi tài liệu xuất hiện.', verbose_name='hình hoặc giọng do máy tạo')),
                    ('review_by', models.DateField(blank=True, null=True, verbose_name='rà soát trước ngày')),
                    ('audiences', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='assets', to='taxonomy.audience', verbose_name='đối tượng')),
                    ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                    ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                    ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                    ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='organisations.organisation', verbose_name='cơ quan sở hữu')),
                    ('relies_on', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='relied_on_by', to='facts.fact', verbose_name='dữ kiện dựa vào')),
                    ('sources', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='feeds', to='library.asset', verbose_name='văn bản nguồn')),
                    ('topics', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='assets', to='taxonomy.topic', verbose_name='chủ đề')),
                    ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='library.librarydocument', verbose_name='tệp văn bản')),
                    ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='library.libraryimage', verbose_name='hình ảnh')),
                    ('clip', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='library.librarymedia', verbose_name='video, âm thanh')),
                ],
                options={
                    'verbose_name': 'tài liệu',
                    'verbose_name_plural': 'tài liệu',
                    'ordering': ['-updated_at'],
                },
                bases=(wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
            ),
            migrations.CreateModel(
                name='SearchEntry',
                fields=[
                    ('asset_id', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                    ('terms', models.BinaryField()),
                    ('uses', models.PositiveIntegerField(default=0)),
                    ('review_by', models.DateField(null=True)),
                    ('indexed_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['-uses', '-asset_id'], name='entry_most_used'), models.Index(fields=['review_by', '-asset_id'], name='entry_due_soon')],
                },
            ),
            migrations.CreateModel(
                name='SearchPosting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('term', models.BinaryField(max_length=520)),
                    ('chunk', models.PositiveIntegerField()),
                    ('bits', models.BinaryField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('term', 'chunk'), name='one_posting_per_term_and_chunk')],
                },
            ),
            migrations.CreateModel(
                name='TextSketch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asset_id', models.PositiveBigIntegerField(db_index=True)),
                    ('band', models.PositiveSmallIntegerField()),
                    ('value', models.BigIntegerField()),
                ],
                options={
                    'indexes': [models.Index(fields=['value', 'band'], name='sketch_by_value')],
                },
            ),
            migrations.CreateModel(
                name='AssetFlag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sentence', models.CharField(max_length=250)),
                    ('at', models.DateTimeField()),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('asset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='library.asset')),
                    ('fact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='facts.fact')),
                    ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'cần rà soát',
                    'verbose_name_plural': 'cần rà soát',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('asset', 'fact'), name='one_standing_flag_per_fact')],
                },
            ),
            migrations.CreateModel(
                name='LibraryRendition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('filter_spec', models.CharField(db_index=True, max_length=255)),
                    ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                    ('width', models.IntegerField(editable=False)),
                    ('height', models.IntegerField(editable=False)),
                    ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                    ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='library.libraryimage')),
                ],
                options={
                    'unique_together': {('image', 'filter_spec', 'focal_point_key')},
                },
                bases=(wagtail.images.models.ImageFileMixin, models.Model),
            ),
            migrations.CreateModel(
                name='Upload',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('name', cms.core.models.NFCCharField(max_length=120, verbose_name='tên tệp')),
                    ('size', models.PositiveBigIntegerField(verbose_name='dung lượng (byte)')),
                    ('changed_at', models.PositiveBigIntegerField(default=0)),
                    ('received', models.PositiveBigIntegerField(default=0, verbose_name='đã nhận (byte)')),
                    ('state', models.CharField(choices=[('dang-nhan', 'Đang nhận'), ('da-luu', 'Đã lưu'), ('bi-tu-choi', 'Bị từ chối')], default='dang-nhan', max_length=12)),
                    ('complaint', models.TextField(blank=True)),
                    ('asset', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='library.asset')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'tệp đang tải lên',
                    'verbose_name_plural': 'tệp đang tải lên',
                    'indexes': [models.Index(fields=['user', 'state'], name='upload_of_person')],
                },
            ),
            migrations.CreateModel(
                name='Withdrawal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('version', models.CharField(blank=True, default='', max_length=64, verbose_name='phiên bản')),
                    ('reason', cms.core.models.NFCCharField(max_length=250, verbose_name='lý do')),
                    ('urgent', models.BooleanField(default=False, help_text='Gỡ ngay trên mọi kênh, không chờ từng cơ quan.', verbose_name='khẩn cấp')),
                    ('at', models.DateTimeField(verbose_name='thu hồi lúc')),
                    ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='gỡ lệnh lúc')),
                    ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='library.asset', verbose_name='tài liệu')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người thu hồi')),
                    ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người gỡ lệnh thu hồi')),
                ],
                options={
                    'verbose_name': 'lệnh thu hồi tài liệu',
                    'verbose_name_plural': 'lệnh thu hồi tài liệu',
                    'ordering': ['-at', '-pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('asset', 'version'), name='one_standing_withdrawal_per_version'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='withdrawal_has_a_reason')],
                },
            ),
        ]),
    ]
