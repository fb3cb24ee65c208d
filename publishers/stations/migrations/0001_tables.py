import cms.core.models
import django.db.models.deletion
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [('stations', '0001_initial'), ('stations', '0002_reading_choices')]

    initial = True

    dependencies = [
        ('core', '0001_search_index'),
        ('organisations', '0001_tables'),
        ('places', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Station',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                    ('name', cms.core.models.NFCCharField(help_text='Tên xướng trên sóng.', max_length=150, verbose_name='tên đài')),
                    ('slug', models.SlugField(max_length=80, unique=True, verbose_name='địa chỉ công khai')),
                    ('clusters', models.PositiveSmallIntegerField(default=0, verbose_name='số cụm loa')),
                    ('technology', models.CharField(choices=[('fm', 'FM'), ('co-day', 'Có dây'), ('ip', 'IP (ứng dụng CNTT-VT)'), ('hon-hop', 'Hỗn hợp')], default='fm', max_length=8, verbose_name='công nghệ')),
                    ('reading_style', models.CharField(choices=[('bac', 'Bắc'), ('trung', 'Trung'), ('nam', 'Nam')], default='bac', max_length=8, verbose_name='cách đọc')),
                    ('reading_choices', models.JSONField(blank=True, default=dict, verbose_name='cách đọc riêng')),
                    ('reading_rate', models.PositiveSmallIntegerField(default=190, verbose_name='tốc độ đọc (âm tiết/phút)')),
                    ('is_active', models.BooleanField(default=True, verbose_name='đang hoạt động')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stations', to='organisations.organisation', verbose_name='cơ quan chủ quản')),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stations', to='places.administrativeunit', verbose_name='địa bàn')),
                ],
                options={
                    'verbose_name': 'đài truyền thanh',
                    'verbose_name_plural': 'đài truyền thanh',
                    'ordering': ['place__path', 'name'],
                    'constraints': [models.UniqueConstraint(fields=('place', 'name'), name='station_name_once_per_place'), models.CheckConstraint(condition=models.Q(('reading_rate__gte', 100), ('reading_rate__lte', 300)), name='station_rate_is_human')],
                },
            ),
            migrations.CreateModel(
                name='BroadcastWindow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts', models.TimeField(verbose_name='từ')),
                    ('ends', models.TimeField(verbose_name='đến')),
                    ('station', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='windows', to='stations.station', verbose_name='đài truyền thanh')),
                ],
                options={
                    'verbose_name': 'khung giờ phát',
                    'verbose_name_plural': 'khung giờ phát',
                    'ordering': ['starts'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='window_ends_after_it_starts')],
                },
            ),
        ]),
    ]
