import campaigns.posts.verify_code
import cms.core.models
import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
import uuid
from django.conf import settings
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [('posts', '0001_initial'), ('posts', '0002_author')]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('core', '0001_search_index'),
        ('library', '0001_tables'),
        ('organisations', '0001_tables'),
        ('planning', '0001_tables'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Post',
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
                    ('title', cms.core.models.NFCCharField(help_text='Tên gọi nội bộ, người dân không thấy.', max_length=200, verbose_name='tên bài đăng')),
                    ('verify_code', models.CharField(default=campaigns.posts.verify_code.new_code, editable=False, max_length=12, unique=True, verbose_name='mã xác minh')),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='planning.campaign', verbose_name='chiến dịch')),
                    ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người soạn')),
                    ('last_edited_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người sửa cuối')),
                    ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                    ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organisations.organisation', verbose_name='cơ quan đăng')),
                ],
                options={
                    'verbose_name': 'bài đăng',
                    'verbose_name_plural': 'bài đăng',
                    'ordering': ['-created_at'],
                },
                bases=(modelsearch.index.Indexed, models.Model),
            ),
            migrations.CreateModel(
                name='Variant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                    ('kind', models.CharField(choices=[('facebook', 'Trang Facebook'), ('youtube', 'Kênh YouTube'), ('zalo', 'Zalo OA'), ('loudspeaker', 'Đài truyền thanh'), ('portal', 'Cổng thông tin điện tử'), ('tiktok', 'Kênh TikTok'), ('sms', 'Tin nhắn'), ('notice-board', 'Bảng tin'), ('press', 'Báo chí')], max_length=20, verbose_name='loại kênh')),
                    ('title', cms.core.models.NFCCharField(blank=True, max_length=200, verbose_name='tiêu đề')),
                    ('summary', cms.core.models.NFCCharField(blank=True, max_length=400, verbose_name='tóm tắt')),
                    ('text', cms.core.models.NFCTextField(verbose_name='nội dung')),
                    ('link', models.URLField(blank=True, verbose_name='liên kết')),
                    ('post', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='variants', to='posts.post', verbose_name='bài đăng')),
                ],
                options={
                    'verbose_name': 'nội dung theo kênh',
                    'verbose_name_plural': 'nội dung theo kênh',
                    'ordering': ['sort_order'],
                    'abstract': False,
                    'constraints': [models.UniqueConstraint(fields=('post', 'kind'), name='one_variant_per_kind'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='variant_has_text')],
                },
            ),
            migrations.CreateModel(
                name='VariantMedia',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                    ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='used_in_variants', to='library.asset', verbose_name='tài liệu')),
                    ('variant', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='media', to='posts.variant', verbose_name='nội dung')),
                ],
                options={
                    'verbose_name': 'tài liệu kèm theo',
                    'verbose_name_plural': 'tài liệu kèm theo',
                    'ordering': ['sort_order'],
                    'abstract': False,
                    'constraints': [models.UniqueConstraint(fields=('variant', 'asset'), name='asset_once_per_variant')],
                },
            ),
        ]),
    ]
