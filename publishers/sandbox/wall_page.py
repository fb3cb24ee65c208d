"""The HTML of the wall: plain, calm, readable on a telephone; every text is escaped."""

import re
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from publishers.sandbox.clock import vietnam
from publishers.sandbox.incidents import OP_NAMES
from publishers.sandbox.rich_text import clean

if TYPE_CHECKING:
    from publishers.sandbox.wall import Card

PLATFORM_NAMES = {"facebook": "Facebook", "youtube": "YouTube", "zalo": "Zalo"}
KIND_NAMES = {
    "post": "Bài viết", "photo_post": "Bài kèm ảnh", "video": "Video", "reel": "Thước phim",
    "article": "Bài viết của OA", "broadcast": "Tin gửi rộng rãi",
}  # fmt: skip
ACTION_NAMES = {
    "delay": "trả lời chậm", "status": "trả mã lỗi", "error": "từ chối", "error_after": "báo lỗi dù đã ghi nhận",
    "drop_before": "mất kết nối trước khi ghi nhận", "drop_after": "mất kết nối sau khi đã ghi nhận",
    "timeout_before": "im lặng, chưa ghi nhận", "timeout_after": "im lặng sau khi đã ghi nhận",
    "cut_body": "câu trả lời bị cắt", "html_502": "lỗi máy chủ trung gian", "empty_200": "câu trả lời rỗng",
    "html_502_after": "lỗi máy chủ trung gian dù đã ghi nhận", "no_content_type": "câu trả lời thiếu kiểu nội dung",
    "slow_body": "câu trả lời nhỏ giọt", "lag": "chậm hiện trong danh sách", "fate": "xử lý bất thường",
}  # fmt: skip
_LINK = re.compile(r"https?://[^\s<>\"']+")

STYLE = """
:root { color-scheme: light; --ink: #1c2733; --soft: #5b6875; --line: #dfe4ea; --ground: #f3f5f7; --card: #fff; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, "Noto Sans", sans-serif; }
header, main, footer { max-width: 42rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.25rem; }
h1 { font-size: 1.35rem; margin: 0; }
h2 { font-size: 1.1rem; margin: .5rem 0; overflow-wrap: anywhere; }
.soft { color: var(--soft); font-size: .875rem; margin: .15rem 0; }
.training { background: #fff4d6; border: 1px solid #e3c467; border-radius: .5rem; padding: .6rem .9rem; margin: .9rem 0 0; }
.training ul { margin: .3rem 0 0; padding-left: 1.2rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; margin: .9rem 0; padding: 0; }
nav a { display: block; padding: .45rem .8rem; border: 1px solid var(--line); border-radius: 1.2rem; background: var(--card);
  color: inherit; text-decoration: none; font-size: .925rem; }
nav a[aria-current] { background: #1d4f7c; border-color: #1d4f7c; color: #fff; }
a:focus-visible, video:focus-visible { outline: 3px solid #1d4f7c; outline-offset: 2px; }
article.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; margin: 0 0 1rem; overflow: hidden; }
.head { display: flex; gap: .7rem; align-items: center; padding: .9rem 1rem .3rem; }
.mark { flex: none; width: 2.5rem; height: 2.5rem; border-radius: 50%; display: grid; place-items: center; color: #fff;
  font-weight: 700; }
.facebook .mark { background: #2b5f9e; } .youtube .mark { background: #b3261e; } .zalo .mark { background: #0b6e99; }
.who { font-weight: 600; overflow-wrap: anywhere; }
.body { padding: .2rem 1rem 1rem; overflow-wrap: anywhere; }
.text { white-space: pre-line; margin: .3rem 0; }
.media { display: grid; gap: 2px; background: var(--line); }
.media.many { grid-template-columns: 1fr 1fr; }
.media img, .media video, .body img { display: block; width: 100%; height: auto; max-height: 38rem; object-fit: contain;
  background: #10151b; }
.media a { display: block; background: #10151b; }
.comments { border-top: 1px solid var(--line); margin: .2rem 0 0; padding: .6rem 0 0; list-style: none; }
.comments li { background: var(--ground); border-radius: .8rem; padding: .4rem .8rem; margin: .3rem 0; white-space: pre-line; }
.pages { display: flex; justify-content: space-between; gap: 1rem; padding: .5rem 0 1rem; }
.empty { padding: 2rem 1rem; text-align: center; color: var(--soft); background: var(--card); border-radius: .6rem;
  border: 1px solid var(--line); }
footer { padding-bottom: 2rem; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem 1rem; margin: 1rem 0; }
.panel h2 { margin-top: 0; }
fieldset { border: 0; margin: 0; padding: 0; } legend { font-weight: 600; padding: 0; }
.choice { display: grid; grid-template-columns: auto 1fr; gap: 0 .6rem; padding: .45rem 0; border-bottom: 1px solid var(--line); }
.choice input { width: 1.2rem; height: 1.2rem; margin: .15rem 0 0; } .choice p { grid-column: 2; }
.panel form > p > label { display: block; font-weight: 600; margin-bottom: .2rem; }
select, button { font: inherit; min-height: 2.75rem; border-radius: .5rem; border: 1px solid #8d99a6; padding: .3rem .8rem; max-width: 100%; }
select { background: #fff; color: inherit; width: 100%; }
button { background: #1d4f7c; border-color: #1d4f7c; color: #fff; cursor: pointer; }
button.quiet { background: #fff; color: #1d4f7c; }
button:focus-visible, select:focus-visible, input:focus-visible { outline: 3px solid #1d4f7c; outline-offset: 2px; }
.rows { list-style: none; margin: 0 0 .6rem; padding: 0; } .rows li { padding: .45rem 0; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
.row { display: flex; gap: .8rem; justify-content: space-between; align-items: center; } .row form { flex: none; }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; }
.problem { background: #fde8e6; border: 1px solid #c0392b; border-radius: .5rem; padding: .6rem .9rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
"""


def listing(
    cards: "list[Card]", tabs: list[tuple[str, str, str, int]], platform: str, account: str, page: int, pages: int,
    total: int, rules: list[dict[str, Any]], now: float,
) -> str:  # fmt: skip
    """The wall itself: tabs by platform and account, cards, paging."""
    body = (
        "".join(_card(card) for card in cards) or '<p class="empty">Chưa có bài nào được công khai ở đây.</p>'
    )
    head = (
        '<header><h1>Tường thử nghiệm</h1><p class="soft">Những gì người dân nhìn thấy trên các kênh mô phỏng. '
        f"Đang hiển thị {total} mục công khai, tính đến {when(now)}.</p>{_training(rules)}{_tabs(tabs, platform, account)}</header>"
    )
    return shell("Tường thử nghiệm", f"{head}<main>{body}{_paging(platform, account, page, pages)}</main>")


def single(card: "Card") -> str:
    """One thing on a page of its own."""
    back = '<header><nav aria-label="Điều hướng"><ul><li><a href="/tuong">Về tường thử nghiệm</a></li></ul></nav></header>'
    return shell(card.account_name, f"{back}<main>{_card(card, whole=True)}</main>")


def missing() -> str:
    """The page for something that is not, or no longer, public."""
    return shell(
        "Không tìm thấy",
        '<header><h1>Không tìm thấy nội dung</h1></header><main><p class="empty">Nội dung này chưa được công khai hoặc đã được gỡ.'
        ' <a href="/tuong">Về tường thử nghiệm</a></p></main>',
    )


def shell(title: str, inner: str) -> str:
    """A whole page of the wall around `inner`."""
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, '
        f'initial-scale=1"><title>{escape(title)}</title><link rel="stylesheet" href="/tuong/kieu.css"></head><body>{inner}'
        '<footer><p class="soft">Đây là môi trường mô phỏng trên máy này, không phải nền tảng thật.</p></footer></body></html>'
    )


def _training(rules: list[dict[str, Any]]) -> str:
    if not rules:
        return '<p class="soft"><a href="/tuong/tap-huan">Mở chế độ tập huấn</a> để thử một sự cố.</p>'
    lines = "".join(f"<li>{rule_line(rule)}</li>" for rule in rules)
    return (
        '<div class="training" role="status"><strong>Chế độ tập huấn</strong>: đang giả lập '
        f'{len(rules)} loại sự cố. <a href="/tuong/tap-huan">Chọn sự cố và theo dõi</a><ul>{lines}</ul></div>'
    )


def rule_line(rule: dict[str, Any]) -> str:
    """One incident that is going on, in words: where, which call, what happens, how often it was met."""
    where = escape(PLATFORM_NAMES.get(rule.get("platform") or "", "Mọi nền tảng"))
    if rule.get("account_name"):
        where += f" {escape(rule['account_name'])}"
    op = str(rule.get("op") or "")
    call = (
        escape(OP_NAMES[op])
        if op in OP_NAMES
        else f"lệnh <code>{escape(op)}</code>"
        if op.strip("*")
        else "mọi lệnh"
    )
    what = escape(str(rule.get("label") or ACTION_NAMES[rule["action"]]))
    first, times, seen = int(rule.get("nth", 1)), int(rule.get("times", 1)), int(rule["seen"])
    left = f"còn {max(0, first + times - 1 - seen)} lần" if times else "cho đến khi dừng"
    return f"{where}, {call}: {what} (đã gặp {seen} lần, {left})"


def _tabs(tabs: list[tuple[str, str, str, int]], platform: str, account: str) -> str:
    items = [_tab("", "", f"Tất cả ({sum(t[3] for t in tabs)})", current=not platform and not account)]
    for name in dict.fromkeys(t[0] for t in tabs):
        count = sum(t[3] for t in tabs if t[0] == name)
        items.append(
            _tab(name, "", f"{PLATFORM_NAMES[name]} ({count})", current=platform == name and not account)
        )
    groups = f'<nav aria-label="Nền tảng"><ul>{"".join(items)}</ul></nav>'
    accounts = [t for t in tabs if platform in ("", t[0])] if platform else []
    if not accounts:
        return groups
    inner = "".join(_tab(p, a, f"{n} ({c})", current=account == a) for p, a, n, c in accounts)
    return f'{groups}<nav aria-label="Kênh"><ul>{inner}</ul></nav>'


def _tab(platform: str, account: str, label: str, *, current: bool) -> str:
    mark = ' aria-current="page"' if current else ""
    return f'<li><a href="{escape(_address(platform, account))}"{mark}>{escape(label)}</a></li>'


def _paging(platform: str, account: str, page: int, pages: int) -> str:
    if pages == 1:
        return ""
    newer = (
        f'<a href="{escape(_address(platform, account, page - 1))}">Mới hơn</a>'
        if page > 1
        else "<span></span>"
    )
    older = (
        f'<a href="{escape(_address(platform, account, page + 1))}">Cũ hơn</a>'
        if page < pages
        else "<span></span>"
    )
    return f'<nav class="pages" aria-label="Trang">{newer}<span>Trang {page}/{pages}</span>{older}</nav>'


def _address(platform: str, account: str, page: int = 1) -> str:
    chosen = {"nen-tang": platform, "tai-khoan": account, "trang": str(page) if page > 1 else ""}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"/tuong?{query}" if query else "/tuong"


def _card(card: "Card", *, whole: bool = False) -> str:
    effect = card.effect
    title = f"<h2>{escape(effect['title'])}</h2>" if effect["title"] else ""
    text = _article(card, whole) if card.article else f'<p class="text">{_linked(effect["text"])}</p>'
    comments = "".join(f"<li>{_linked(comment)}</li>" for comment in card.comments)
    if effect["link"]:
        text += f'<p class="text">{_linked(effect["link"])}</p>'
    after = (text if card.article else "") + (f'<ul class="comments">{comments}</ul>' if comments else "")
    kind = KIND_NAMES.get(effect["kind"], effect["kind"])
    return (
        f'<article class="card {escape(effect["platform"])}"><div class="head"><span class="mark" aria-hidden="true">'
        f'{escape(PLATFORM_NAMES[effect["platform"]][0])}</span><div><div class="who">{escape(card.account_name)}</div>'
        f'<p class="soft">{escape(PLATFORM_NAMES[effect["platform"]])} · {escape(kind)} · '
        f'<a href="{escape(effect["path"])}">{when(effect["made_visible_at"])}</a></p></div></div>'
        f'<div class="body">{title}{text if not card.article else ""}</div>{_media(card)}'
        + (f'<div class="body">{after}</div>' if after else "")
        + "</article>"
    )


def _article(card: "Card", whole: bool) -> str:
    article = card.article or {}
    lead = f'<p class="text"><strong>{escape(article["description"])}</strong></p>'
    if not whole:
        return f'{lead}<p><a href="{escape(card.effect["path"])}">Đọc toàn bài</a></p>'
    pieces = [lead]
    for item in article.get("body", []):
        if item["type"] == "text":
            pieces.append(clean(item["content"]))
        elif item["type"] == "image" and (picture := article["pictures"].get(item["url"])):
            caption = escape(item.get("caption") or "")
            pieces.append(
                f'<img src="/__sandbox/media/{escape(picture)}" alt="{caption}"><p class="soft">{caption}</p>'
            )
    author = f'<p class="soft">{escape(article["author"])}</p>' if article.get("author") else ""
    return "".join(pieces) + author


def _media(card: "Card") -> str:
    if not card.media:
        return ""
    alts = card.alt_texts + [""] * len(card.media)
    poster = f' poster="/__sandbox/media/{escape(card.poster)}"' if card.poster else ""
    pieces = []
    for (id_, mime), alt in zip(card.media, alts, strict=False):
        address = f"/__sandbox/media/{escape(id_)}"
        if mime.startswith("video/"):
            pieces.append(
                f'<video controls preload="metadata"{poster} src="{address}">Trình duyệt không phát được video này.</video>'
            )
        else:
            pieces.append(
                f'<a href="{address}"><img loading="lazy" src="{address}" alt="{escape(alt or "Ảnh của bài đăng")}"></a>'
            )
    return f'<div class="media{" many" if len(pieces) > 1 else ""}">{"".join(pieces)}</div>'


def _linked(text: str) -> str:
    pieces, position = [], 0
    for found in _LINK.finditer(text):
        pieces.append(escape(text[position : found.start()]))
        pieces.append(
            f'<a href="{escape(found.group())}" rel="noopener nofollow">{escape(found.group())}</a>'
        )
        position = found.end()
    return "".join(pieces) + escape(text[position:])


def when(moment: float, *, seconds: bool = False) -> str:
    """A moment as it is written in Viet Nam."""
    return vietnam(moment).strftime(f"%H:%M{':%S' if seconds else ''} ngày %d/%m/%Y")
