"""The main job: from five source documents to posts that citizens see and scripts that every station can read.

Every step looks first whether it is done already, so an interrupted job goes on where it stopped. Nothing is
published here: beat and the workers do that; the job waits and then counts what is to be seen outside."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from media.library.models import Asset, AssetKind
from publishers.delivery.models import Batch, Delivery
from publishers.delivery.states import TERMINAL, State
from publishers.demo import articles, campaign, drawings, library, served_pages, summary
from publishers.demo.bodies import CENTRAL_LEAD, STAGE_PROVINCES
from publishers.demo.channels import connect_accounts
from publishers.demo.ledger import SandboxDoor
from publishers.demo.people import person
from publishers.stations.models import Station

GRAPHIC = "Đồ họa: sáu bước nộp hồ sơ trực tuyến"
CLIP = "Video: sáu bước nộp hồ sơ trực tuyến"
# Seconds the workers may take until every delivery has ended or is visibly held.
PATIENCE = 240


class JobFailed(Exception):
    """The job could not be done; the text is a Vietnamese sentence."""


@dataclass
class Screen:
    """Where the job says what it is doing: `say` for lines, `bar` for a share from 0 to 1 under a name."""

    say: Callable[[str], None]
    bar: Callable[[str, float], None]


def run(screen: Screen, started: float) -> list[summary.Line]:
    """Do the main job and return its summary. `started` is the epoch second from which it is timed.

    Raises JobFailed, or OutsideUnreachable when the sandbox is away."""
    door = SandboxDoor()
    connect_accounts(door)
    plan = campaign.existing_plan()
    if plan is None:
        screen.say("Văn bản nguồn và bài viết cho người dân")
        documents, graphic, clip = _materials(screen)
        screen.say("Chiến dịch, bài đăng, giờ đăng và phê duyệt của người thứ hai")
        plan = campaign.write_plan(graphic, clip)
    screen.say("Chờ các bộ xử lý chuyển bản tin và đăng bài")
    _wait(screen, "Chuyển bản tin", lambda: _carried(plan))
    # The platforms are still at work on the clip: the pages of the stations can be counted meanwhile.
    screen.say("Đếm trên các trang đang phục vụ của từng đài")
    stations = _stations()
    served = served_pages.read_stations(stations, articles.LOUDSPEAKER_TITLE)
    _wait(screen, "Đăng bài", lambda: _posted(plan))
    screen.say("Đếm trên sổ của nền tảng")
    return _count(door, plan, stations, served, started)


def _materials(screen: Screen) -> tuple[list[Asset], Asset, Asset]:
    editor = person("tw.bientap")
    documents = library.keep_source_documents(editor)
    sources = library.write_articles(editor, documents)
    resting_on = [document for document in documents if document.document_status == "con-hieu-luc"]
    graphic = library.named(GRAPHIC, AssetKind.INFOGRAPHIC)
    if graphic is None:
        drawn = drawings.draw_graphic(CENTRAL_LEAD)
        graphic = library.keep_graphic(editor, GRAPHIC, drawn.path, drawn.in_words, resting_on)
    clip = library.named(CLIP, AssetKind.CLIP)
    if clip is None:
        made = drawings.film_clip(CENTRAL_LEAD, lambda share: screen.bar("Dựng video", share))
        if made.captions is None:
            raise JobFailed("Video chưa có phụ đề nên chưa đưa vào kho.")
        clip = library.keep_clip(editor, CLIP, made.path, made.captions, resting_on)
    screen.say(f"{len(documents)} văn bản nguồn, {len(sources)} bài viết, 1 đồ họa, 1 video trong kho")
    return documents, graphic, clip


def _carried(plan: campaign.Plan) -> float:
    """Return the share of the stations that have their script, or are held."""
    slots = [slot.pk for slot in plan.slots() if slot.stations_of_id]
    batches = list(Batch.objects.filter(slot_id__in=slots))
    if len(batches) < len(slots):
        return 0.0
    if all(batch.finished_at for batch in batches):
        return 1.0
    total = sum(batch.total for batch in batches)
    return min(0.99, sum(batch.done + batch.held for batch in batches) / total) if total else 0.0


def _posted(plan: campaign.Plan) -> float:
    """Return the share of the posts on channels that have ended, or are held."""
    slots = [slot.pk for slot in plan.slots() if slot.channel_id]
    states = list(Delivery.objects.filter(slot_id__in=slots).values_list("state", flat=True))
    return sum(state in TERMINAL or state == State.HELD for state in states) / len(slots)


def _wait(screen: Screen, name: str, share: Callable[[], float]) -> None:
    """Wait until `share` is 1, with a bar. Raises JobFailed when the workers take too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        done = share()
        screen.bar(name, done)
        if done >= 1:
            return
        time.sleep(0.4)
    raise JobFailed(
        f"Sau {PATIENCE} giây vẫn còn lượt đăng chưa xong. Hãy xem trang Hàng đợi đăng để biết lượt nào đang chờ gì."
    )


def _stations() -> dict[str, str]:
    """Return the stations of the main job: slug → province."""
    return dict(
        Station.objects.active()
        .filter(place__parent__code__in=STAGE_PROVINCES)
        .values_list("slug", "place__parent__name")
    )


def _count(
    door: SandboxDoor,
    plan: campaign.Plan,
    stations: dict[str, str],
    served: list[served_pages.ServedScript],
    started: float,
) -> list[summary.Line]:
    accounts = {slot.channel.external_id for slot in plan.slots() if slot.channel}
    effects = [effect for effect in door.effects() if str(effect.get("account")) in accounts]
    expected = summary.expected_per_platform(slot.channel.kind for slot in plan.slots() if slot.channel)
    per_station = Counter(script.station for script in served)
    return summary.summarise(
        effects=effects,
        duplicates=len(door.duplicates()) + sum(count - 1 for count in per_station.values()),
        expected=expected,
        scripts_per_province=Counter(stations[slug] for slug, count in per_station.items() if count == 1),
        stations_per_province=Counter(stations.values()),
        speech_seconds=sum(script.seconds for script in served),
        seconds=time.time() - started,
    )
