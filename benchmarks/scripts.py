"""Scripts for every commune at once: one text, 3,321 stations, every one with its own name and facts.

Printed: seconds for the text of all, seconds when nothing has changed, the share of texts that had to be spoken; then
TXT, DOCX, bantin.json and SHA-256 list of all, zipped per province, interrupted half way and continued, with the peak
of memory; the same again after a correction in one commune; and beside it what python-docx alone would take. Limits on
one core: 5 s for the text of all, 90 s for their packages."""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

LIMIT_SECONDS = 5.0
PACKAGE_LIMIT_SECONDS = 90.0
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
    from publishers.scripts.models import SpokenText
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
    print(f"đài: {len(stations)}; bản tin: {len(rendered) - held}; tạm giữ: {held}; phút đọc: {minutes:.0f}")
    print(f"dựng lời cho tất cả: {took:.2f} s (giới hạn {LIMIT_SECONDS:.0f} s)")
    print(f"dựng lại khi không có gì đổi: {again:.2f} s")
    print(f"đoạn phải chuyển sang dạng đọc: {spoken} trên {blocks} đoạn ({100 * spoken / blocks:.0f} %)")
    del rendered
    packed = _measure_packages(slot, stations, now)
    late = took > LIMIT_SECONDS or packed > PACKAGE_LIMIT_SECONDS
    return 1 if held or (scale >= 1 and late) else 0


def _measure_packages(slot, stations, now) -> float:
    from cms.core import clock
    from publishers.scripts.downloads import sheet_head, with_what_files_need
    from publishers.scripts.models import PackageJob, ProvincePackage, ScriptVersion
    from publishers.scripts.province_packages import run_job
    from publishers.scripts.renderers.announcer_sheet import make_sheet
    from publishers.scripts.renderers.sheet_press import press_sheet

    sample = list(with_what_files_need(ScriptVersion.objects.all())[:20])
    plain, built = _timed(lambda: [make_sheet(sheet_head(row), row.composed()) for row in sample])
    quick, pressed = _timed(lambda: [press_sheet(sheet_head(row), row.composed()) for row in sample])
    if built != pressed:
        raise SystemExit("phiếu đọc dựng nhanh khác phiếu do python-docx dựng")
    print(
        f"một phiếu đọc DOCX: python-docx {1000 * plain / len(sample):.1f} ms, "
        f"dựng nhanh {1000 * quick / len(sample):.1f} ms, từng byte như nhau"
    )

    def fresh() -> PackageJob:
        return PackageJob.objects.create(slot=slot, organisation=slot.variant.post.organisation)

    job = fresh()
    before = _peak_megabytes()
    first, _ = _timed(lambda: _interrupted(job, len(stations) // 2))
    PackageJob.objects.filter(pk=job.pk).update(lease_until=clock.now())
    second, made = _timed(lambda: run_job(job.pk, _told))
    print(file=sys.stderr)
    whole = first + second
    packages = ProvincePackage.objects.filter(job=job)
    size = sum(packages.values_list("size", flat=True)) / 1e6
    job.refresh_from_db()
    print(
        f"gói theo tỉnh (TXT + DOCX + bantin.json + SHA-256): {whole:.1f} s cho {job.done} bản tin, "
        f"{packages.count()} gói, {size:.0f} MB (giới hạn {PACKAGE_LIMIT_SECONDS:.0f} s); "
        f"dừng giữa chừng rồi làm tiếp {made} gói còn lại"
    )
    print(f"bộ nhớ cao nhất: {before:.0f} MB trước khi đóng gói, {_peak_megabytes():.0f} MB sau khi xong")
    version = ScriptVersion.objects.filter(slot=slot).order_by("pk").first()
    ScriptVersion.objects.filter(pk=version.pk).update(state="withdrawn", ended_at=now)
    again = fresh()
    corrected, _ = _timed(lambda: run_job(again.pk))
    kept = again.packages.filter(is_taken_over=True).count()
    print(
        f"sau khi một xã đổi: {corrected:.1f} s, dùng lại {kept} gói, dựng mới {again.packages.count() - kept} gói"
    )
    return whole


class _Interrupted(Exception):
    """Stands for a worker that is killed."""


def _interrupted(job, after: int) -> None:
    from publishers.scripts.province_packages import run_job

    def watch(row) -> None:
        _told(row)
        if sum(row.packages.values_list("scripts", flat=True)) >= after:
            raise _Interrupted

    with contextlib.suppress(_Interrupted):
        run_job(job.pk, watch)


def _told(job) -> None:
    job.refresh_from_db(fields=["done", "total"])
    print(f"\r  {job.done}/{job.total} bản tin", end="", file=sys.stderr, flush=True)


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
