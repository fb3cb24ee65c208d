from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cms.places.mapfile import MapFileError
from cms.places.services import load_map


class Command(BaseCommand):
    help = "Load the dated map of Viet Nam that ships with the product; may be run again at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_map()
        except MapFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _(
                "Đã nạp bản đồ: %(provinces)d tỉnh, thành phố; %(communes)d xã, phường, đặc khu; "
                "%(former)d đơn vị cũ."
            )
            % {
                "provinces": report.provinces,
                "communes": report.communes,
                "former": report.former_units,
            }
        )
        for label, changes in (
            (_("Địa bàn"), report.units),
            (_("Tên gọi cũ"), report.aliases),
            (_("Giai đoạn"), report.versions),
        ):
            self.stdout.write(
                _("%(label)s: thêm %(made)d, sửa %(altered)d, bỏ %(removed)d, giữ nguyên %(kept)d.")
                % {
                    "label": label,
                    "made": changes.made,
                    "altered": changes.altered,
                    "removed": changes.removed,
                    "kept": changes.kept,
                }
            )
        for gap in report.gaps:
            self.stdout.write(_("Lưu ý: %(gap)s") % {"gap": gap})
