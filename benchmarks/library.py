"""Finding among 100,000 assets, on SQLite and on PostgreSQL (its own, or the server LANTOA_TEST_POSTGRES names).

Twenty fixed questions, half of them the field's commonest words, each narrowed by two filters, by an editor of the
centre and by one of a province. A first page is the rows of the list with everything it shows, the number found and the
counts of every filter. Beside it, in the same run, Wagtail's own database search over the same rows, which counts no
filters; what it does not answer in time is given up. Checked over whole results: every asset that agrees with the
accents as typed stands before every one that does not. Saving is measured at 1,000 assets and at all."""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.ground.servers import Postgres, ServerMissing

FULL = 100_000
COMMONEST = (
    "dịch vụ", "trực tuyến", "dịch vụ công", "người dân", "nộp hồ sơ", "hướng dẫn", "dich vu", "truc tuyen",
    "thủ tục hành chính", "dịch vụ công trực tuyến",
)  # fmt: skip
OTHERS = (
    "chứng thực bản sao", "lý lịch tư pháp", "khai sinh liên thông", "đảng viên", "loa truyền thanh",
    "ấn chỉ điện tử", "mộc bản triều nguyễn", "tho cam cham", "cột mốc biên giới", "777/QĐ-UBND",
)  # fmt: skip
RARE = OTHERS[5:]
FIRST_PAGE_MS, RARE_MS, PAGE = 150.0, 30.0, 30
#: A server is started for runs of at least this size.
STARTED_FROM = 0.05
#: Wagtail's own search gets so long for one question.
PATIENCE_S = 8.0


def main(scale: float) -> int:
    failed = 0
    with tempfile.TemporaryDirectory(prefix="lantoa-bench-") as folder:
        for name, address in _databases(folder, scale):
            print(f"### {name}", flush=True)
            environment = {
                **os.environ,
                "LANTOA_VAR_DIR": f"{folder}/{name}",
                "DJANGO_SETTINGS_MODULE": "cms.settings.development",
                "DATABASE_URL": address,
                "LANTOA_LOG_LEVEL": "ERROR",
            }
            Path(environment["LANTOA_VAR_DIR"]).mkdir()
            command = [sys.executable, "-m", "benchmarks.library", "--scale", str(scale), "--here"]
            failed |= subprocess.run(command, env=environment, check=False).returncode
    return failed


def _databases(folder: str, scale: float) -> Iterator[tuple[str, str]]:
    """Yield (name, address) of empty databases; what runs on PostgreSQL is gone afterwards.

    A server named by LANTOA_TEST_POSTGRES is used; else, but not for a small run, one is started."""
    yield "SQLite", f"sqlite:///{folder}/bench.sqlite3"
    server = os.environ.get("LANTOA_TEST_POSTGRES", "")
    if server:
        yield from _on_the_server(server)
    elif scale < STARTED_FROM:
        print("PostgreSQL: không đo ở cỡ nhỏ khi LANTOA_TEST_POSTGRES chưa được đặt.")
    else:
        try:
            postgres = Postgres()
        except ServerMissing as missing:
            print(f"PostgreSQL: không đo, {missing}.")
            return
        try:
            yield "PostgreSQL", postgres.url
        finally:
            postgres.close()


def _on_the_server(server: str) -> Iterator[tuple[str, str]]:
    import psycopg

    name = f"bench_library_{os.getpid()}"
    with psycopg.connect(server.rsplit("/", 1)[0] + "/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
        try:
            yield "PostgreSQL", f"{server.rsplit('/', 1)[0]}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[call-overload]


def measure(scale: float) -> int:
    """Measure on the database of the settings; print the figures; return 1 when a limit is missed at full size."""
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.ground.shelves import Shelves
    from media.library.finding import index

    call_command("migrate", verbosity=0)
    shelves, many = Shelves(), max(1000, round(FULL * scale))
    shelves.fill(1000)
    index.rebuild()
    small = _save_cost()
    shelves.fill(many)
    took, count = _timed(index.rebuild)
    _analyse()
    print(
        f"tài liệu: {count}; lập lại toàn bộ chỉ mục: {took:.1f} s ({1000 * took / count:.2f} ms mỗi tài liệu)"
    )
    large = _save_cost()
    ours = _ask_all(_ours(shelves), shelves)
    common, rare = _show(ours, "Lan Tỏa")
    wrong, asked = _wrong_orders(shelves)
    print(f"đúng dấu trước, khác dấu sau: {asked} câu hỏi có từ 200 kết quả, {wrong} câu sai thứ tự")
    growth = (large[0] / large[2]) / (small[0] / small[2])
    print(
        f"lưu một tài liệu: {small[0]:.1f} ms khi có 1.000, {large[0]:.1f} ms khi có {count}; lưu một dòng của bảng không "
        f"lớn lên: {small[2]:.1f} và {large[2]:.1f} ms; tỉ lệ giữa hai phép so: {growth:.2f}"
    )
    print(f"đưa nó vào chỉ mục sau đó: {small[1]:.1f} ms khi có 1.000, {large[1]:.1f} ms khi có {count}")
    took, _ = _timed(_stock_index)
    _analyse()
    print(f"chỉ mục của Wagtail: {took:.1f} s")
    stock = _ask_all(_stock(), shelves, once=True)
    _show(stock, "Wagtail (không đếm bộ lọc)")
    ratios = [stock[key][0] / ours[key][0] for key in ours if key in stock]
    print(f"Wagtail chậm hơn, trung vị: {statistics.median(ratios):.1f} lần; bỏ dở sau {PATIENCE_S:.0f} s: "
          f"{sum(1 for key in stock if stock[key][1] is None)} trên {len(stock)} câu hỏi")  # fmt: skip
    missed = common > FIRST_PAGE_MS or rare > RARE_MS or wrong or asked < 50 or growth > 1.5
    return 1 if scale >= 1 and missed else 0


Ask = Callable[[str, Any, str, int], int | None]


def _ours(shelves: Any) -> Ask:
    from wagtail.permissions import policy_registry

    from media.library.finding.answer import FoundAssets
    from media.library.finding.question import Question
    from media.library.models import Asset

    policy = policy_registry.get_by_type(Asset)

    def ask(text: str, user: Any, kind: str, topic: int) -> int:
        rows = policy.instances_user_has_permission_for(user, "view").with_list_columns()
        found = FoundAssets(Question(text, {"kind": (kind,), "topic": (str(topic),)}), user, rows=rows)
        count, page, facets = found.count(), found[0:PAGE], found.facets
        assert len(page) == min(PAGE, count)
        assert facets
        return count

    return ask


def _stock() -> Ask:
    from modelsearch.backends.database import SearchBackend
    from modelsearch.index import FilterField
    from wagtail.permissions import policy_registry

    from media.library.models import Asset

    backend, policy = SearchBackend({}), policy_registry.get_by_type(Asset)
    # It refuses to filter by a column that it was not told of.
    Asset.search_fields = [*Asset.search_fields, FilterField("id")]

    def ask(text: str, user: Any, kind: str, topic: int) -> int | None:
        seen = policy.instances_user_has_permission_for(user, "view").filter(topics=topic).values("pk")
        rows = Asset.objects.filter(pk__in=seen, kind=kind).with_list_columns()
        with _Patience():
            found = backend.search(text, rows)
            list(found[0:PAGE])
            return found.count()
        return None

    return ask


class _Patience:
    """Gives a question up after PATIENCE_S; the block then ends quietly."""

    def __enter__(self) -> None:
        from django.db import connection

        self.connection, end = connection, time.monotonic() + PATIENCE_S
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(lambda: time.monotonic() > end, 20_000)
        else:
            with connection.cursor() as cursor:
                cursor.execute(f"SET statement_timeout = {int(PATIENCE_S * 1000)}")

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        from django.db import OperationalError

        if self.connection.vendor == "sqlite":
            self.connection.connection.set_progress_handler(None, 0)
        else:
            with self.connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
        return kind is not None and issubclass(kind, OperationalError)


def _ask_all(
    ask: Ask, shelves: Any, *, once: bool = False
) -> dict[tuple[str, str], tuple[float, int | None]]:
    """Return (question, who) → (the slowest of its first pages in ms, how many were found)."""
    from media.library.models import AssetKind

    ask("làm ấm", shelves.central, AssetKind.ARTICLE, shelves.topics[0].pk)
    answers: dict[tuple[str, str], tuple[float, int | None]] = {}
    narrowed = [(AssetKind.ARTICLE, shelves.topics[0].pk), (AssetKind.CLIP, shelves.topics[5].pk)]
    for text, user in itertools.product(COMMONEST + OTHERS, (shelves.central, shelves.provincial)):
        slowest, count = 0.0, None
        for kind, topic in narrowed[:1] if once else narrowed * 2:
            took, count = _timed(lambda: ask(text, user, kind, topic))  # noqa: B023
            slowest = max(slowest, 1000 * took)
        answers[text, user.username] = slowest, count
    return answers


def _show(answers: dict[tuple[str, str], tuple[float, int | None]], name: str) -> tuple[float, float]:
    """Print what a first page took; return p95 over all questions and over those in rare words, in ms."""
    times = sorted(took for took, _ in answers.values())
    rare = sorted(took for (text, _), (took, _) in answers.items() if text in RARE)
    common = [took for (text, _), (took, _) in answers.items() if text in COMMONEST]
    p95, rare95 = _p95(times), _p95(rare)
    print(f"{name}: trang đầu p50 {statistics.median(times):.1f} ms, p95 {p95:.1f} ms (giới hạn {FIRST_PAGE_MS:.0f}); "
          f"từ phổ biến nhất p50 {statistics.median(common):.1f} ms; từ hiếm p95 {rare95:.1f} ms (giới hạn {RARE_MS:.0f})")  # fmt: skip
    return p95, rare95


def _wrong_orders(shelves: Any) -> tuple[int, int]:
    """Ask questions without a filter and read their whole results; return how many stand in a wrong order, of how many."""
    from benchmarks.ground.shelves import COMMON, SOME, plain
    from media.library.finding.answer import FoundAssets
    from media.library.finding.question import Question
    from media.library.models import Asset

    texts = {
        pk: f" {title} {summary} ".lower().replace(".", " ").replace("/", " ")
        for pk, title, summary in Asset.objects.values_list("pk", "title", "summary")
    }
    phrases = [*COMMON, *SOME]
    questions = [
        *phrases,
        *(" ".join(phrase.split()[:2]) for phrase in phrases),
        *(plain(phrase) for phrase in phrases),
    ]
    wrong = asked = 0
    for question in dict.fromkeys(questions):
        pks = FoundAssets(Question(question), shelves.central).pks(0, len(texts))
        if len(pks) < 200 and len(texts) > 20_000:
            continue
        words = [f" {word} " for word in question.split()]
        agrees = [all(word in texts[pk] for word in words) for pk in pks]
        wrong += agrees != sorted(agrees, reverse=True)
        asked += 1
        if asked == 60:
            break
    return wrong, asked


def _save_cost() -> tuple[float, float, float]:
    """Return the median time of saving an asset, of putting it into the index afterwards, and of saving a row of a
    table that does not grow, in ms: the three in turns, so that a busy machine slows all of them alike."""
    from cms.organisations.models import Organisation
    from media.library.finding import index
    from media.library.models import Asset

    saving, writing, yardstick = [], [], []
    body = Organisation.objects.order_by("pk")[0]
    for asset in Asset.objects.order_by("pk")[100:130]:
        asset.title += " mới"
        saving.append(_timed(asset.save)[0])
        writing.append(_timed(index.index_pending)[0])
        yardstick.append(_timed(body.save)[0])
    return tuple(1000 * statistics.median(each) for each in (saving, writing, yardstick))  # type: ignore[return-value]


def _stock_index() -> None:
    from modelsearch.backends.database import SearchBackend

    from media.library.models import Asset

    backend = SearchBackend({})
    writer = backend.get_index_for_model(Asset)
    last = 0
    while rows := list(Asset.objects.filter(pk__gt=last).order_by("pk")[:1000]):
        # Its bookkeeping of title lengths reads the whole index each time; here it is done once, at the end.
        refresh, writer._refresh_title_norms = writer._refresh_title_norms, lambda *_a, **_k: None
        writer.add_items(Asset, rows)
        writer._refresh_title_norms = refresh
        last = rows[-1].pk
    writer._refresh_title_norms(full=True)


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _p95(times: list[float]) -> float:
    return times[min(len(times) - 1, int(len(times) * 0.95))]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--here", action="store_true", help="on the database of the settings")
    options = parser.parse_args()
    raise SystemExit(measure(options.scale) if options.here else main(options.scale))
