"""`manage.py rotate_keys`: seal everything anew under the newest key. Run it again after a break; it goes on.

1. Put a new key in front of LANTOA_FIELD_KEYS and restart everything (old values open with the keys behind it).
2. Run this command until it says that nothing is left.
3. Take the old keys out of LANTOA_FIELD_KEYS and restart."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from cms.accounts.key_rotation import rotate


class Command(BaseCommand):
    help = "Mã hóa lại mọi giá trị niêm phong bằng khóa mới nhất (khóa đầu tiên) của LANTOA_FIELD_KEYS."

    def handle(self, *args, **options):
        moved = kept = 0
        try:
            for turned in rotate():
                moved, kept = moved + turned.moved, kept + turned.kept
                self.stdout.write(f"{turned.place}: đổi {turned.moved}, đã mới {turned.kept}")
        except ImproperlyConfigured:
            raise CommandError(
                "Có giá trị mà không khóa nào trong LANTOA_FIELD_KEYS mở được. Vui lòng thêm lại khóa cũ rồi chạy tiếp; "
                "phần đã đổi được giữ nguyên."
            ) from None
        self.stdout.write(f"Tổng cộng: đổi {moved}, đã mới {kept}.")
        self.stdout.write(
            "Chưa bỏ khóa cũ: hãy chạy lại lệnh này cho tới khi số đổi là 0."
            if moved
            else "Mọi giá trị đã dùng khóa mới nhất; có thể bỏ các khóa cũ khỏi LANTOA_FIELD_KEYS."
        )
