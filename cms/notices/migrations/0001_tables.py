import cms.core.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("notices", "0001_initial"),
    ]


    initial = True

    dependencies = [
        ("core", "0001_search_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('connection', 'Kết nối kênh'), ('look', 'Cần xem lại'), ('by-hand', 'Đăng thủ công'), ('overdue', 'Quá giờ đăng'), ('stop', 'Dừng đăng'), ('recall', 'Thu hồi, đính chính'), ('library', 'Kho tài liệu'), ('approval', 'Phê duyệt')], max_length=12, verbose_name='loại thông báo')),
                ('sentence', cms.core.models.NFCCharField(max_length=400, verbose_name='nội dung')),
                ('link', models.CharField(blank=True, default='', max_length=300, verbose_name='liên kết')),
                ('cause', models.CharField(max_length=120)),
                ('created_at', models.DateTimeField(verbose_name='lúc')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='đã đọc lúc')),
                ('mailed_at', models.DateTimeField(blank=True, null=True, verbose_name='gửi thư lúc')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='người nhận')),
            ],
            options={
                'verbose_name': 'thông báo',
                'verbose_name_plural': 'thông báo',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user', '-created_at'], name='notice_unread'), models.Index(fields=['user', '-created_at'], name='notice_of_user')],
                'constraints': [models.UniqueConstraint(fields=('user', 'cause'), name='a_cause_is_told_once_to_each'), models.CheckConstraint(condition=models.Q(('link', ''), ('link__startswith', '/'), _connector='OR'), name='notice_links_inside_the_house')],
            },
        ),
    ]
