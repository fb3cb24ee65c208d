"""Accounts registered in the sandbox, and requests as delivery would freeze them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Adapter, Credential, Media, Request
from tests.contracts.platforms import MEDIA_HOST, OWN_HOST, Platforms

PAGE, PAGE_TOKEN, APP = "900000000000001", "the-trang-thu-nghiem", "100000000000001"
CHANNEL, CHANNEL_TOKEN = "UCthunghiem0000000000001", "the-kenh-thu-nghiem"
OA, OA_TOKEN, ZALO_APP = "4000000000000000001", "the-oa-thu-nghiem", "7000000000000000001"
TEXT = "Từ ngày 01/12, người dân nộp hồ sơ trực tuyến tại Cổng Dịch vụ công quốc gia.\n\nKhông cần đến bộ phận một cửa."
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


def picture_bytes(colour: str) -> bytes:
    """Return a small real JPEG."""
    kept = io.BytesIO()
    Image.new("RGB", (64, 36), colour).save(kept, "JPEG")
    return kept.getvalue()


class Samples:
    """One account per platform; files below `folder`."""

    def __init__(self, platforms: Platforms, folder: Path) -> None:
        self.platforms = platforms
        self.folder = folder

    # -- accounts -----------------------------------------------------------------------------

    def page(self, **more: Any) -> Credential:
        fields = {
            "id": PAGE, "access_token": PAGE_TOKEN, "name": "Trang thử nghiệm", "processing_seconds": 20, "app_id": APP, **more
        }  # fmt: skip
        self.platforms.account(platform="facebook", **fields)
        return Credential(fields["access_token"], app_id=APP)

    def channel(self, **more: Any) -> Credential:
        fields = {
            "id": CHANNEL, "access_token": CHANNEL_TOKEN, "name": "Kênh thử nghiệm", "processing_seconds": 20, **more
        }  # fmt: skip
        self.platforms.account(platform="youtube", **fields)
        return Credential(fields["access_token"])

    def oa(self, **more: Any) -> Credential:
        fields = {
            "id": OA, "access_token": OA_TOKEN, "name": "OA thử nghiệm", "processing_polls": 2,
            "video_converting_seconds": 20, "app_id": ZALO_APP, **more,
        }  # fmt: skip
        self.platforms.account(platform="zalo", **fields)
        return Credential(fields["access_token"])

    # -- files --------------------------------------------------------------------------------

    def picture(self, name: str = "anh", colour: str = "navy", **more: Any) -> Media:
        """A picture on disk, and under the public media address."""
        content = picture_bytes(colour)
        path = self.folder / f"{name}.jpg"
        path.write_bytes(content)
        address = f"/{name}.jpg"
        self.platforms.media.files[address] = ("image/jpeg", content)
        fields: dict[str, Any] = {
            "sha256": hashlib.sha256(content).hexdigest(), "path": str(path), "media_type": "image/jpeg",
            "size": len(content), "alt_text": "Đồ họa các bước nộp hồ sơ", "title": name,
            "public_url": f"https://{MEDIA_HOST}{address}",
        }  # fmt: skip
        return Media(**fields | more)

    def clip(self, size: int = 2 * 1024 * 1024 + 17, captions: bool = False) -> Media:
        """A file that begins like an MP4; enough bytes for several chunks."""
        path = self.folder / "video.mp4"
        path.write_bytes(MP4 + bytes(index % 251 for index in range(1000)) * (size // 1000 + 1))
        with path.open("r+b") as whole:
            whole.truncate(size)
        captions_path = self.folder / "phu-de.srt"
        captions_path.write_text("1\n00:00:00,000 --> 00:00:02,000\nNộp hồ sơ trực tuyến\n", encoding="utf-8")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        shown = str(captions_path) if captions else ""
        return Media(digest, str(path), "video/mp4", size, title="Hướng dẫn nộp hồ sơ", captions_path=shown)

    def adapter(self, kind: str, **changes: Any) -> Adapter:
        """A new adapter that speaks to the sandbox."""
        return adapter_for(kind, self.platforms.bases(**changes))

    # -- requests -----------------------------------------------------------------------------

    def of(self, form: str) -> tuple[Request, Credential]:
        """A request by the name of its form, with the credential of its registered account."""
        if form.startswith("youtube"):
            return self.youtube(), self.channel()
        if form.startswith("zalo"):
            return self.zalo(
                **({"media": (self.picture("bia"), self.clip(90_000))} if form == "zalo-clip" else {})
            ), self.oa()
        return self.facebook(form), self.page()

    def facebook(self, form: str = "text") -> Request:
        """A Page post: text, link, picture, pictures, video or reel."""
        request = Request("facebook", PAGE, TEXT, marker="luot-dang-1")
        match form:
            case "link":
                return replace(request, link=f"https://{OWN_HOST}/xac-minh/K7M2QX4R")
            case "picture":
                return replace(request, media=(self.picture(),))
            case "pictures":
                return replace(request, media=(self.picture("anh-1"), self.picture("anh-2", "darkgreen")))
            case "video":
                return replace(request, title="Hướng dẫn nộp hồ sơ", media=(self.clip(),))
            case "reel":
                return replace(request, form="reel", media=(self.clip(),))
        return request

    def youtube(self, **more: Any) -> Request:
        request = Request(
            "youtube",
            CHANNEL,
            TEXT,
            title="Nộp hồ sơ trực tuyến trong năm bước",
            media=(self.clip(),),
            marker="luot-dang-2",
        )
        return replace(request, **more)

    def zalo(self, **more: Any) -> Request:
        request = Request(
            "zalo", OA, TEXT, title="Nộp hồ sơ trực tuyến", summary="Năm bước nộp hồ sơ ngay tại nhà.",
            author="Trung tâm Phục vụ hành chính công", media=(self.picture("bia"),), marker="luot-dang-3",
            link=f"https://{OWN_HOST}/xac-minh/K7M2QX4R",
        )  # fmt: skip
        return replace(request, **more)
