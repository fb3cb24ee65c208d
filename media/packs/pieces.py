"""The parts that kinds of packs are put together from: originals, cuts for channels, texts, captions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from media.library.captions import as_srt
from media.library.models import Asset
from media.library.versions import CLIP, PICTURE, SOUND, files_of
from media.packs.parts import Bench, Part, ascii_name
from media.packs.words import text_of
from media.renditions.models import RenditionState
from media.renditions.offers import SHEET, WAVE
from media.renditions.recipes import CUTS, CutRecipe

#: What the files of an asset are called on the pages of a pack, by role.
ROLES = {
    "hinh-anh": "Hình gốc",
    "video": "Video gốc",
    "am-thanh": "Âm thanh gốc",
    "anh-bia": "Ảnh bìa",
    "van-ban": "Tệp văn bản",
}


def folder_of(number: int, asset: Asset) -> str:
    """Return the folder of the asset inside the pack, numbered in order."""
    return f"{number:02d}-{ascii_name(asset.title, 'tai-lieu')}"


def originals(bench: Bench, number: int, asset: Asset) -> list[Part]:
    """Return the files as they lie in the library, byte for byte."""
    folder = folder_of(number, asset)
    return [
        Part(
            f"{folder}/goc/{file.name}",
            bench.fetched(file.path),
            f"{ROLES.get(file.role, file.role)} ({file.ending[1:].upper()})",
            number,
        )
        for file in files_of(asset)
    ]


def cuts(bench: Bench, number: int, asset: Asset, recipes: Iterable[CutRecipe]) -> list[Part]:
    """Return the picture cut for channels, focal point kept; one that cannot be made is named in the notes."""
    wanted = {f"{PICTURE}:{recipe.key}": recipe for recipe in recipes}
    made = []
    for offer, rendition in bench.from_shelf(asset, wanted).items():
        recipe = wanted[offer]
        if rendition.state != RenditionState.DONE:
            bench.notes.append(f"{asset.title}: không có {recipe.label}. {rendition.sentence}")
            continue
        name = f"{folder_of(number, asset)}/kenh/{recipe.key.replace('_', '-')}{Path(rendition.file).suffix}"
        label = f"{recipe.label[:1].upper()}{recipe.label[1:]}"
        made.append(Part(name, bench.fetched(rendition.file), label, number))
    return made


def overviews(bench: Bench, number: int, asset: Asset) -> list[Part]:
    """Return what shows a clip or a sound at a glance: a contact sheet, a waveform."""
    names = {
        SHEET: ("khung-hinh.jpg", "Các khung hình của video"),
        WAVE: ("song-am.png", "Dạng sóng âm thanh"),
    }
    made: list[Part] = []
    for file in files_of(asset):
        if file.role not in (CLIP, SOUND) or not file.seconds:
            continue
        wanted = [f"{file.role}:{key}" for key in names]
        for offer, rendition in bench.from_shelf(asset, wanted).items():
            # A clip without sound has no waveform: nothing is missing.
            if rendition.state == RenditionState.DONE:
                name, label = names[offer.split(":")[1]]
                target = f"{folder_of(number, asset)}/kenh/{name}"
                made.append(Part(target, bench.fetched(rendition.file), label, number))
    return made


def all_cuts(bench: Bench, number: int, asset: Asset) -> list[Part]:
    return cuts(bench, number, asset, CUTS.values())


def texts(bench: Bench, number: int, asset: Asset) -> list[Part]:
    """Return the words, and the captions in both forms that players take."""
    folder = folder_of(number, asset)
    made = [bench.text(f"{folder}/noi-dung.txt", text_of(asset), "Nội dung bằng chữ", number)]
    if asset.captions:
        vtt = asset.captions
        made.append(bench.data(f"{folder}/phu-de.vtt", vtt.encode(), "Phụ đề (WebVTT)", number))
        made.append(bench.data(f"{folder}/phu-de.srt", as_srt(vtt).encode(), "Phụ đề (SRT)", number))
    return made
