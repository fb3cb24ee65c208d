"""`manage.py verify_audit`: is the audit log still what was sealed?"""

from django.core.management.base import BaseCommand, CommandError

from cms.audit import chain
from cms.audit.models import AuditRow, AuditSeal


class Command(BaseCommand):
    help = "Kiểm tra chuỗi niêm phong của nhật ký thao tác; thoát khác 0 nếu có dòng bị sửa hoặc bị xóa."

    def handle(self, *args, **options):
        chain.seal_rows()
        findings = list(chain.verify())
        for finding in findings:
            self.stdout.write(f"  ✗ {finding.sentence}")
        total, sealed = AuditRow.objects.count(), AuditSeal.objects.count()
        if findings:
            raise CommandError(f"Nhật ký thao tác có {len(findings)} chỗ không còn như khi niêm phong.")
        self.stdout.write(f"Nhật ký thao tác nguyên vẹn: {total} dòng, {sealed} dòng đã niêm phong.")
