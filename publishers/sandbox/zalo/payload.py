"""What an article may be made of, checked when it is handed in."""

from typing import Any, NoReturn

from publishers.sandbox.fetching import is_well_formed
from publishers.sandbox.routing import ZALO
from publishers.sandbox.world import World
from publishers.sandbox.zalo.envelope import refuse

TITLE_CHARACTERS, AUTHOR_CHARACTERS, DESCRIPTION_CHARACTERS = 150, 50, 300
_NORMAL = {
    "id",
    "type",
    "title",
    "author",
    "description",
    "cover",
    "body",
    "related_medias",
    "tracking_link",
    "status",
    "comment",
}
_VIDEO = {"id", "type", "title", "description", "video_id", "avatar", "status", "comment"}
_BODY = {"text": {"type", "content"}, "image": {"type", "url", "caption"}, "video": {"type", "video_id", "url", "thumb"},
         "product": {"type", "id"}}  # fmt: skip


def check_article(world: World, oa: str, article: dict[str, Any]) -> dict[str, Any]:
    """The article with defaults filled in; refuses -201 naming the field that is wrong.

    Characters are counted as they come: a title of 140 letters in decomposed form is too long.
    """
    kind = article.get("type")
    if kind not in ("normal", "video"):
        _invalid("type", "type accept only 2 value normal and video.")
    for name in article:
        if name not in (_NORMAL if kind == "normal" else _VIDEO):
            _invalid(name, f"{name} is invalid", finding=f"Trường lạ: {name}.")
    _text(article, "title", 1, TITLE_CHARACTERS)
    _text(article, "description", 1, DESCRIPTION_CHARACTERS)
    for name in ("status", "comment"):
        if article.get(name, "show") not in ("show", "hide"):
            _invalid(name, f"{name} accept only 2 value show and hide")
    if kind == "normal":
        _check_normal(world, oa, article)
    else:
        check_video_id(world, oa, article.get("video_id"))
        _public_address(article.get("avatar"), "avatar")
    return {**article, "status": article.get("status", "hide"), "comment": article.get("comment", "show")}


def _check_normal(world: World, oa: str, article: dict[str, Any]) -> None:
    _text(article, "author", 1, AUTHOR_CHARACTERS)
    _check_cover(world, oa, article.get("cover"))
    body = article.get("body")
    if not isinstance(body, list) or not body:
        _invalid("body", "body is empty")
    for item in body:
        kind = item.get("type") if isinstance(item, dict) else None
        if kind not in _BODY or not set(item) <= _BODY[kind]:
            _invalid("body", "body value is invalid", finding="Phần thân bài có trường hoặc kiểu lạ.")
        if kind == "text" and (not isinstance(item.get("content"), str) or not item["content"].strip()):
            _invalid("body", "body content is empty")
        if kind == "image":
            _public_address(item.get("url"), "url")
        if kind == "video":
            check_video_id(world, oa, item.get("video_id"))
            _public_address(item.get("thumb"), "thumb")
    for id_ in article.get("related_medias") or []:
        if world.store.get(ZALO, str(id_), "article") is None:
            _invalid("related_medias", "related_medias is invalid")
    if article.get("tracking_link") and not is_well_formed(str(article["tracking_link"])):
        _invalid("tracking_link", "tracking_link is invalid")


def _check_cover(world: World, oa: str, cover: Any) -> None:
    if not isinstance(cover, dict):
        _invalid("cover", "cover value is invalid")
    if cover.get("cover_type") not in ("photo", "video"):
        _invalid("cover_type", "cover_type is invalid", finding="cover_type phải là chữ photo hoặc video.")
    allowed = (
        {"cover_type", "status", "photo_url"}
        if cover["cover_type"] == "photo"
        else {"cover_type", "status", "cover_view", "video_id"}
    )
    if not set(cover) <= allowed:
        _invalid("cover", "cover value is invalid", finding="Ảnh bìa có trường lạ.")
    if cover.get("status") != "show":
        refuse(-200, "create media fail", finding="cover.status phải là show.")
    if cover["cover_type"] == "photo":
        _public_address(cover.get("photo_url"), "photo_url")
    else:
        if cover.get("cover_view") not in ("horizontal", "vertical", "square"):
            _invalid("cover_view", "cover_view is invalid")
        check_video_id(world, oa, cover.get("video_id"))


def check_video_id(world: World, oa: str, id_: Any) -> None:
    """Refuse a video that is not this OA's or not ready."""
    found = world.store.get(ZALO, str(id_ or ""), "video")
    if found is None or found.account != oa or world.now() < found.data["ready_at"] or found.data["failed"]:
        _invalid("video_id", "video_id is invalid")


def addresses(article: dict[str, Any]) -> list[str]:
    """The pictures Zalo must fetch for an article."""
    found = [article.get("avatar"), (article.get("cover") or {}).get("photo_url")]
    for item in article.get("body") or []:
        found += [item.get("url") if item["type"] == "image" else None, item.get("thumb")]
    return [address for address in found if address]


def _text(article: dict[str, Any], name: str, least: int, most: int) -> None:
    value = article.get(name)
    if not isinstance(value, str) or not least <= len(value.strip()) or len(value) > most:
        _invalid(name, f"{name} allow {least} to {most} characters")


def _public_address(value: Any, name: str) -> None:
    if not isinstance(value, str) or not is_well_formed(value, https_only=True):
        _invalid(
            name,
            f"{name} is invalid",
            finding=f"{name} phải là địa chỉ https công khai, đã mã hóa phần trăm.",
        )


def _invalid(name: str, message: str, *, finding: str = "") -> NoReturn:
    refuse(-201, message, finding=finding)
