"""Scripts for every commune at once: one text, 3,321 stations, every one with its own name and facts.

Printed: seconds for the text of all, seconds when nothing has changed, milliseconds for one announcer's sheet, and the
share of texts that had to be spoken. The limit for the text of all is 5 s on one core."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

LIMIT_SECONDS = 5.0
TEXT = """Từ nay, nhiều thủ tục hành chính có thể làm ngay tại nhà, trên điện thoại hoặc máy tính.
Bà con làm theo 3 bước. Bước 1, vào Cổng Dịch vụ công quốc gia, địa chỉ dichvucong.gov.vn. Bước 2, đăng nhập bằng tài \
khoản định danh điện tử mức 2. Bước 3, chọn thủ tục, điền thông tin, gửi hồ sơ và theo dõi kết quả.
Ai chưa quen, xin đến {{ten_trung_tam}}, từ {{gio_lam_viec}}. Tổ công nghệ số cộng đồng hướng dẫn tận nơi, không thu tiền.
Cán bộ không bao giờ hỏi mật khẩu hay mã xác thực qua điện thoại. Bà con tuyệt đối không đọc mã cho người lạ.
Nếu cần giúp đỡ, bà con gọi tổng đài {{tong_dai}}."""


def main(scale: float) -> int:
    with tempfile.TemporaryDirectory(prefix="lantoa-bench-") as folder:
        os.environ["LANTOA_VAR_DIR"] = str(Path(folder) / "var")
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.development"
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        (Path(folder) / "var").mkdir()
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        with open(os.devnull, "w", encoding="utf-8") as silence:
            call_command("load_map", stdout=silence)
        return _measure(scale)


def _measure(scale: float) -> int:
    from cms.core import clock
    from publishers.scripts.downloads import sheet_head
    from publishers.scripts.models import ScriptVersion, SpokenText
    from publishers.scripts.renderers.announcer_sheet import make_sheet
    from publishers.scripts.services import render_for_stations
    from publishers.scripts.speech import engine_version

    slot, stations = _stations(max(20, round(3321 * scale)))
    engine_version()
    request = {"title": "Nộp hồ sơ tại nhà", "text": TEXT, "approval_hash": "0" * 64}
    now = clock.now()
    took, rendered = _timed(lambda: render_for_stations(slot, stations, request, now))
    again, _ = _timed(lambda: render_for_stations(slot, stations, request, now))
    held = sum(1 for row in rendered if row.held)
    spoken, blocks = SpokenText.objects.count(), len(stations) * 9
    minutes = sum(row.seconds for row in rendered) / 60
    sample = list(ScriptVersion.objects.select_related("station__place", "station__organisation")[:20])
    sheets, _ = _timed(
        lambda: [make_sheet(sheet_head(row, "https://vidu.gov.vn"), row.composed()) for row in sample]
    )
    print(f"đài: {len(stations)}; bản tin: {len(rendered) - held}; tạm giữ: {held}; phút đọc: {minutes:.0f}")
    print(f"dựng lời cho tất cả: {took:.2f} s (giới hạn {LIMIT_SECONDS:.0f} s)")
    print(f"dựng lại khi không có gì đổi: {again:.2f} s")
    print(f"đoạn phải chuyển sang dạng đọc: {spoken} trên {blocks} đoạn ({100 * spoken / blocks:.0f} %)")
    print(f"một phiếu đọc DOCX: {1000 * sheets / len(sample):.0f} ms")
    return 1 if held or (scale >= 1 and took > LIMIT_SECONDS) else 0


def _timed(work):
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def _stations(count: int):
    from datetime import date

    from campaigns.planning.models import Campaign, Orientation
    from campaigns.posts.models import Post, Variant
    from campaigns.schedule.models import Slot
    from cms.core import clock
    from cms.facts.models import Fact, FactKey
    from cms.organisations.models import Organisation, OrganisationKind
    from cms.places.models import AdministrativeUnit
    from publishers.stations.models import Station

    centre = AdministrativeUnit.objects.get(level=0)
    body = Organisation.objects.create(
        name="Cơ quan Mẫu", short_name="CQ Mẫu", kind=OrganisationKind.CENTRAL_UNIT, place=centre
    )
    places = list(AdministrativeUnit.objects.communes().order_by("path")[:count])
    Station.objects.bulk_create(
        Station(
            organisation=body,
            place=place,
            name=f"Đài truyền thanh {place.full_name}",
            slug=f"dai-{place.code}",
        )
        for place in places
    )
    start = date(2026, 1, 1)
    facts = [
        Fact(organisation=body, place=place, key=FactKey.CENTRE_HOURS, valid_from=start, source="Số liệu minh họa",
             value=f"7h{number % 6}0 đến 17h00")
        for number, place in enumerate(places)
        if number % 3
    ]  # fmt: skip
    facts.append(
        Fact(organisation=body, place=centre, key=FactKey.NATIONAL_HOTLINE, valid_from=start, value="18001096",
             source="Số liệu minh họa")
    )  # fmt: skip
    Fact.objects.bulk_create(facts)
    orientation = Orientation.objects.create(organisation=body, year=2026, title="Định hướng mẫu")
    campaign = Campaign.objects.create(
        organisation=body, orientation=orientation, title="Chiến dịch mẫu", starts_on=start, ends_on=start
    )
    post = Post.objects.create(organisation=body, campaign=campaign, title="Bài đăng mẫu")
    variant = Variant.objects.create(post=post, kind="loudspeaker", title="Nộp hồ sơ tại nhà", text=TEXT)
    slot = Slot.objects.create(variant=variant, stations_of=centre, at=clock.now())
    return slot, list(Station.objects.order_by("pk").values_list("pk", flat=True))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    sys.exit(main(parser.parse_args().scale))
