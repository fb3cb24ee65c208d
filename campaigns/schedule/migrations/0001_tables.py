import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("schedule", "0001_initial"),
        ("schedule", "0002_settled_at"),
    ]


    initial = True

    dependencies = [
        ("core", "0001_search_index"),
        ('channels', '0001_tables'),
        ('places', '0001_tables'),
        ('posts', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='cập nhật lúc')),
                ('at', models.DateTimeField(db_index=True, verbose_name='giờ đăng')),
                ('late_rule', models.CharField(choices=[('send', 'Vẫn đăng muộn'), ('hold', 'Tạm giữ để người phụ trách quyết định'), ('drop', 'Bỏ, không đăng nữa')], default='hold', max_length=8, verbose_name='nếu trễ giờ')),
                ('late_after', models.PositiveIntegerField(default=7200, verbose_name='coi là trễ sau (giây)')),
                ('state', models.CharField(choices=[('planned', 'Dự kiến'), ('booked', 'Đã lên lịch đăng'), ('done', 'Đã đăng'), ('held', 'Tạm giữ'), ('cancelled', 'Đã hủy')], default='planned', editable=False, max_length=12, verbose_name='tình trạng')),
                ('settled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='ghi nhận lúc')),
                ('channel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='channels.channel', verbose_name='kênh')),
                ('stations_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='station_slots', to='places.administrativeunit', verbose_name='các đài truyền thanh của địa bàn')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='posts.variant', verbose_name='nội dung theo kênh')),
            ],
            options={
                'verbose_name': 'giờ đăng',
                'verbose_name_plural': 'giờ đăng',
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['state', 'at'], name='slot_state_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('channel__isnull', False), ('stations_of__isnull', True)), models.Q(('channel__isnull', True), ('stations_of__isnull', False)), _connector='OR'), name='slot_is_for_a_channel_or_for_stations'), models.UniqueConstraint(condition=models.Q(('channel__isnull', False)), fields=('variant', 'channel', 'at'), name='slot_once_per_channel'), models.UniqueConstraint(condition=models.Q(('stations_of__isnull', False)), fields=('variant', 'stations_of', 'at'), name='slot_once_per_place')],
            },
        ),
    ]
