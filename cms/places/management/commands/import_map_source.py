import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cms.core import clock
from cms.places.mapfile import DATA_DIR, MapFileError, gaps, read_map, write_units
from cms.places.wheel_source import read_wheel

LICENCE_FILE = "LICENSE.vietnamadminunits"


class Command(BaseCommand):
    help = (
        "For maintainers: write the dated map files from a downloaded wheel of vietnamadminunits. "
        "The wheel is only read, never installed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wheel", type=Path, required=True, help="path of the downloaded .whl file")
        parser.add_argument("--to", type=Path, default=DATA_DIR, help="folder of the map files")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["to"]
        wheel: Path = options["wheel"]
        try:
            source = read_wheel(wheel)
            write_units(source.units, source.former, folder)
            (folder / LICENCE_FILE).write_text(source.licence, encoding="utf-8", newline="\n")
            map_ = read_map(folder)
        except MapFileError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(_("Không ghi được vào thư mục %(folder)s.") % {"folder": folder}) from error
        self.stdout.write(
            _("Đã đọc %(name)s (SHA-256 %(digest)s).")
            % {"name": wheel.name, "digest": hashlib.sha256(wheel.read_bytes()).hexdigest()}
        )
        self.stdout.write(
            _("Đã ghi %(units)d địa bàn và %(former)d đơn vị cũ vào %(folder)s.")
            % {"units": len(map_.units), "former": len(map_.former), "folder": folder}
        )
        for gap in gaps(map_, clock.today()):
            self.stdout.write(_("Lưu ý: %(gap)s") % {"gap": gap})
