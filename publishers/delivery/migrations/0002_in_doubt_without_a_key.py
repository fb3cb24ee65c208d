"""A delivery that may be there and cannot be looked for is held with its doubt; all others have none."""

from django.db import migrations, models


def forget_old_doubts(apps, schema_editor):
    """Rows that once were unclear used to keep what was in doubt after it was answered."""
    rows = apps.get_model("delivery", "Delivery").objects.exclude(state="unclear").exclude(doubt={})
    rows.update(doubt={})


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0001_tables'),
        ('channels', '0001_tables'),
        ('delivery', '0001_tables'),
        ('organisations', '0001_tables'),
        ('schedule', '0001_tables'),
        ('stations', '0001_tables'),
    ]

    operations = [
        migrations.AlterField(
            model_name='delivery',
            name='reason',
            field=models.CharField(blank=True, choices=[('refused', 'Nội dung không được nhận'), ('settings', 'Thiếu quyền hoặc cấu hình'), ('reconnect', 'Cần kết nối lại kênh'), ('blind', 'Chưa rõ đã lên, cần kết nối lại kênh'), ('late', 'Đã quá giờ đăng'), ('approval', 'Phê duyệt không còn giá trị'), ('frozen', 'Đang dừng đăng'), ('changed', 'Kênh hoặc nội dung đã thay đổi'), ('unreachable', 'Không liên lạc được'), ('needs-look', 'Cần xem lại'), ('by-hand', 'Chờ đăng thủ công'), ('by-person', 'Người phụ trách tạm giữ'), ('withdrawn', 'Tài liệu đã bị thu hồi'), ('station', 'Đài thiếu dữ kiện'), ('fault', 'Lỗi phần mềm')], default='', max_length=12, verbose_name='lý do'),
        ),
        migrations.RunPython(forget_old_doubts, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'unclear'), models.Q(('reason', 'blind'), ('state', 'held')), _connector='OR'), models.Q(('doubt', {}), _negated=True)), models.Q(models.Q(('state', 'unclear'), models.Q(('reason', 'blind'), ('state', 'held')), _connector='OR', _negated=True), ('doubt', {})), _connector='OR'), name='delivery_in_doubt_says_since_when'),
        ),
    ]
