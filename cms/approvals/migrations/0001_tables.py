import cms.core.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.core.table_laying import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ("approvals", "0001_initial"),
        ("approvals", "0002_initial"),
        ("approvals", "0003_evidence_and_workflow"),
    ]


    initial = True

    dependencies = [
        ("core", "0001_search_index"),
        ('contenttypes', '0002_remove_content_type_name'),
        ('organisations', '0001_tables'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='ApprovalTaskState',
                fields=[
                    ('taskstate_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.taskstate')),
                    ('content_hash', models.CharField(max_length=64, verbose_name='mã băm nội dung')),
                ],
                options={
                    'verbose_name': 'lượt chờ duyệt',
                    'verbose_name_plural': 'lượt chờ duyệt',
                },
                bases=('wagtailcore.taskstate',),
            ),
            migrations.CreateModel(
                name='MembershipApprovalTask',
                fields=[
                    ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ],
                options={
                    'verbose_name': 'bước duyệt theo tư cách thành viên',
                    'verbose_name_plural': 'bước duyệt theo tư cách thành viên',
                },
                bases=('wagtailcore.task',),
            ),
            migrations.CreateModel(
                name='Approval',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('object_id', models.PositiveBigIntegerField()),
                    ('content_hash', models.CharField(max_length=64, verbose_name='mã băm nội dung')),
                    ('payload', models.JSONField(default=dict, verbose_name='nội dung đã duyệt')),
                    ('approver_name', cms.core.models.NFCCharField(max_length=120, verbose_name='tên người duyệt')),
                    ('approver_position', cms.core.models.NFCCharField(blank=True, max_length=120, verbose_name='chức vụ người duyệt')),
                    ('approved_at', models.DateTimeField(verbose_name='duyệt lúc')),
                    ('voided_at', models.DateTimeField(blank=True, null=True, verbose_name='hết giá trị lúc')),
                    ('void_reason', cms.core.models.NFCCharField(blank=True, max_length=250, verbose_name='lý do hết giá trị')),
                    ('approver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to=settings.AUTH_USER_MODEL, verbose_name='người duyệt')),
                    ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='cơ quan duyệt')),
                ],
                options={
                    'verbose_name': 'phê duyệt',
                    'verbose_name_plural': 'phê duyệt',
                    'ordering': ['-approved_at'],
                    'indexes': [models.Index(fields=['content_type', 'object_id'], name='approval_item')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('content_type', 'object_id'), name='one_standing_approval_per_item')],
                },
            ),
        ]),
    ]
