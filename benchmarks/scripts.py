"""Scripts for every commune at once: one text, 3,321 stations, every one with its own name and facts.

Printed: seconds for the text of all, seconds when nothing has changed, the share of texts that had to be spoken; then
TXT, DOCX, bantin.json and SHA-256 list of all, zipped per province, interrupted half way and continued, with the peak
of memory after each province; then two corrections, of one commune's fact and of the campaign's text: what was written,
spoken and rendered anew, what was taken over, and who has already broadcast the old one. Beside it what python-docx
alone would take. Limits on one core: 5 s for the text of all, 90 s for their packages; memory that does not grow."""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

LIMIT_SECONDS = 5.0
PACKAGE_LIMIT_SECONDS = 90.0
#: What the process may hold more at the end than after the first quarter of the provinces: more would grow with the
#: country.
MEMORY_LIMIT_MEGABYTES = 24.0
#: Stations that have broadcast the old text when it is corrected: every such many.
PLAYED_EVERY = 5
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
    packed, grown = _measure_packages(slot, len(stations), now)
    wrong = _measure_corrections(slot, stations, request)
    late = took > LIMIT_SECONDS or packed > PACKAGE_LIMIT_SECONDS or grown > MEMORY_LIMIT_MEGABYTES
    return 1 if held or wrong or (scale >= 1 and late) else 0


def _measure_packages(slot, count: int, now) -> tuple[float, float]:
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
    job = PackageJob.objects.create(slot=slot, organisation=slot.variant.post.organisation)
    held: list[float] = [_megabytes()]

    def watch(row) -> None:
        _told(row)
        held.append(_megabytes())

    first, _ = _timed(lambda: _interrupted(job, count // 2, watch))
    PackageJob.objects.filter(pk=job.pk).update(lease_until=now)
    second, made = _timed(lambda: run_job(job.pk, watch))
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
    before, *after = held
    quarter = len(after) // 4
    grown = max(after[-quarter - 1 :]) - max(after[: quarter + 1])
    print(
        f"bộ nhớ: {before:.0f} MB trước khi đóng gói; sau gói 1 {after[0]:.0f} MB, sau gói {quarter + 1} "
        f"{after[quarter]:.0f} MB, sau gói {len(after) // 2 + 1} {after[len(after) // 2]:.0f} MB, "
        f"sau gói {len(after)} {after[-1]:.0f} MB; tăng thêm {grown:.0f} MB (giới hạn {MEMORY_LIMIT_MEGABYTES:.0f} MB); "
        f"cao nhất của cả tiến trình {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )
    return whole, grown


def _measure_corrections(slot, stations, request) -> bool:
    """Correct one commune's fact, then the text of all; True when something was made, kept or listed wrongly."""
    from cms.accounts.models import User
    from cms.core import clock
    from cms.facts.models import Fact, FactKey
    from publishers.programmes.air_log import AirLogEntry, Evidence, ItemKind
    from publishers.scripts.models import ScriptVersion

    now = clock.now()
    officer = User.objects.create(username="nguoi-ghi", email="nguoi-ghi@example.vn")
    played = list(ScriptVersion.objects.live().filter(slot=slot).order_by("pk")[::PLAYED_EVERY])
    AirLogEntry.objects.bulk_create(
        AirLogEntry(
            station_id=row.station_id, kind=ItemKind.SCRIPT, title=row.title, issuer=row.issuer, script=row,
            text_sha256=row.body_sha256, starts_at=now, ends_at=now + timedelta(minutes=2),
            evidence=Evidence.DECLARED, recorded_by=officer, recorded_at=now, request_key=f"bench-{row.pk}",
        )
        for row in played
    )  # fmt: skip
    fact = Fact.objects.filter(key=FactKey.CENTRE_HOURS).order_by("pk").first()
    Fact.objects.filter(pk=fact.pk).update(value="8h00 đến 16h30")
    # One station of the five that have played it is the one whose fact is corrected, or none of them.
    own = sum(row.station.place_id == fact.place_id for row in played)
    one = _corrected(slot, stations, request, f"sửa một dữ kiện của một xã ({fact.place})", own)
    text = {**request, "text": request["text"].replace("không thu tiền", "không thu phí")}
    every = _corrected(slot, stations, text, "sửa một câu của cả chiến dịch", len(played))
    return one != (1, 1) or every != (len(stations), len(stations))


def _corrected(slot, stations, request, told: str, old: int) -> tuple[int, int]:
    """Issue the corrected request and pack it; return how many scripts were issued and how many had files made."""
    from cms.core import clock
    from publishers.programmes.air_log import AirLogEntry
    from publishers.scripts.models import PackageJob, ScriptVersion, SpokenText
    from publishers.scripts.province_packages import run_job
    from publishers.scripts.services import render_for_stations

    versions, texts, now = ScriptVersion.objects.count(), SpokenText.objects.count(), clock.now()
    took, _ = _timed(lambda: len(render_for_stations(slot, stations, request, now)))
    issued, spoken = ScriptVersion.objects.count() - versions, SpokenText.objects.count() - texts
    job = PackageJob.objects.create(slot=slot, organisation=slot.variant.post.organisation)
    packed, _ = _timed(lambda: run_job(job.pk))
    packages = list(job.packages.values_list("is_taken_over", "renewed", "scripts"))
    kept, renewed = sum(taken for taken, *_ in packages), sum(row[1] for row in packages)
    listed = AirLogEntry.objects.of_old_versions([slot]).count()
    print(
        f"{told}: lời {took:.2f} s, {issued} bản tin mới trên {len(stations)}, {spoken} đoạn phải chuyển lại; "
        f"gói {packed:.1f} s, dùng lại nguyên {kept} trên {len(packages)} gói, dựng lại tệp của {renewed} đài, "
        f"lấy từ gói trước tệp của {sum(row[2] for row in packages) - renewed} đài; "
        f"đã phát bản cũ, được liệt kê: {listed} lượt (đã ghi {old})"
    )
    if listed != old:
        raise SystemExit("danh sách đã phát bản cũ không đúng với sổ nhật ký")
    return issued, renewed


class _Interrupted(Exception):
    """Stands for a worker that is killed."""


def _interrupted(job, after: int, told) -> None:
    from publishers.scripts.province_packages import run_job

    def watch(row) -> None:
        told(row)
        if sum(row.packages.values_list("scripts", flat=True)) >= after:
            raise _Interrupted

    with contextlib.suppress(_Interrupted):
        run_job(job.pk, watch)


def _told(job) -> None:
    job.refresh_from_db(fields=["done", "total"])
    print(f"\r  {job.done}/{job.total} bản tin", end="", file=sys.stderr, flush=True)


def _megabytes() -> float:
    """What the process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


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
