"""The HTML of the training page: choose an incident, see what is going on, follow the calls; every text is escaped."""

from html import escape
from typing import Any

from publishers.sandbox.incidents import INCIDENTS, OP_NAMES
from publishers.sandbox.wall_page import ACTION_NAMES, PLATFORM_NAMES, rule_line, shell, when

_TIMES = {1: "một lần", 3: "ba lần", 10: "mười lần", 0: "cho đến khi dừng"}
_PUSHES = {60: "1 phút", 600: "10 phút", 3600: "1 giờ", 86400: "1 ngày"}


def page(
    accounts: list[tuple[str, str, str]], rules: list[dict[str, Any]], lines: list[dict[str, Any]], now: float,
    times: tuple[int, ...], pushes: tuple[int, ...], problem: str, chosen: dict[str, str],
) -> str:  # fmt: skip
    """The whole page; `chosen` keeps what the trainer had filled in when something was wrong."""
    alarm = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    head = (
        '<header><nav aria-label="Điều hướng"><ul><li><a href="/tuong">Về tường thử nghiệm</a></li></ul></nav>'
        '<h1>Chế độ tập huấn</h1><p class="soft">Chọn một sự cố cho nền tảng mô phỏng, rồi xem phần mềm xử lý thế nào '
        f"trên tường và ở danh sách bên dưới. Không có gì ra ngoài máy này.</p>{alarm}</header>"
    )
    body = (
        f"{_begin(accounts, times, chosen)}{_going_on(rules)}{_clock(now, pushes)}{_course(lines, accounts)}"
    )
    return shell("Chế độ tập huấn", f"{head}<main>{body}</main>")


def _begin(accounts: list[tuple[str, str, str]], times: tuple[int, ...], chosen: dict[str, str]) -> str:
    incidents = "".join(
        f'<div class="choice"><input type="radio" name="su-co" id="su-co-{one.name}" value="{one.name}" required'
        f'{_mark(chosen.get("su-co") == one.name, " checked")} aria-describedby="mo-ta-{one.name}">'
        f'<label for="su-co-{one.name}">{escape(one.label)}</label>'
        f'<p class="soft" id="mo-ta-{one.name}">{escape(one.expected)}</p></div>'
        for one in INCIDENTS
    )
    places = [
        ("tat-ca", "Mọi nền tảng"),
        *((name, f"{label}: mọi kênh") for name, label in PLATFORM_NAMES.items()),
    ]
    places += [
        (f"{platform}:{id_}", f"{PLATFORM_NAMES[platform]}: {name}") for platform, id_, name in accounts
    ]
    return (
        '<section class="panel" aria-labelledby="bat-dau"><h2 id="bat-dau">Bắt đầu một sự cố</h2><form method="post">'
        f'<input type="hidden" name="viec" value="bat-dau"><fieldset><legend>Sự cố</legend>{incidents}</fieldset>'
        f'<p><label for="noi">Ở đâu</label>{_select("noi", places, chosen.get("noi", ""))}</p>'
        '<p><label for="so-lan">Xảy ra</label>'
        f"{_select('so-lan', [(str(number), _TIMES[number]) for number in times], chosen.get('so-lan', ''))}</p>"
        '<p><button type="submit">Bắt đầu giả lập</button></p></form></section>'
    )


def _select(name: str, options: list[tuple[str, str]], chosen: str) -> str:
    inner = "".join(
        f'<option value="{escape(value)}"{_mark(value == chosen, " selected")}>{escape(label)}</option>'
        for value, label in options
    )
    return f'<select id="{name}" name="{name}">{inner}</select>'


def _mark(true: bool, word: str) -> str:
    return word if true else ""


def _going_on(rules: list[dict[str, Any]]) -> str:
    if not rules:
        inner = '<p class="soft">Chưa có sự cố nào. Các nền tảng đang trả lời bình thường.</p>'
    else:
        rows = "".join(
            f'<li class="row"><span>{rule_line(rule)}</span><form method="post"><input type="hidden" name="viec" value="dung">'
            f'<input type="hidden" name="so" value="{rule["id"]}"><button type="submit" class="quiet">Dừng'
            f'<span class="hidden"> sự cố số {rule["id"]}</span></button></form></li>'
            for rule in rules
        )
        inner = (
            f'<ul class="rows">{rows}</ul><form method="post"><input type="hidden" name="viec" value="dung-tat-ca">'
            '<button type="submit">Dừng tất cả</button></form>'
        )
    return f'<section class="panel" aria-labelledby="dang-co"><h2 id="dang-co">Đang giả lập</h2>{inner}</section>'


def _clock(now: float, pushes: tuple[int, ...]) -> str:
    buttons = "".join(
        f'<button type="submit" name="giay" value="{seconds}" class="quiet">Tua {_PUSHES[seconds]}</button>'
        for seconds in pushes
    )
    return (
        '<section class="panel" aria-labelledby="dong-ho"><h2 id="dong-ho">Đồng hồ của các nền tảng</h2>'
        f"<p>Đang là {when(now)}. Tua nhanh để video xử lý xong, hạn mức mở lại hoặc mã truy cập hết hạn.</p>"
        f'<form method="post" class="buttons"><input type="hidden" name="viec" value="tua">{buttons}</form></section>'
    )


def _course(lines: list[dict[str, Any]], accounts: list[tuple[str, str, str]]) -> str:
    names = {(platform, id_): name for platform, id_, name in accounts}
    rows = "".join(_line(line, names) for line in lines)
    inner = f'<ol class="rows">{rows}</ol>' if rows else '<p class="soft">Chưa có lệnh nào được gửi tới.</p>'
    return (
        '<section class="panel" aria-labelledby="dien-bien"><h2 id="dien-bien">Diễn biến</h2>'
        '<p class="soft">Các lệnh phần mềm vừa gửi, mới nhất ở trên. <a href="/tuong/tap-huan">Tải lại</a></p>'
        f"{inner}</section>"
    )


def _line(line: dict[str, Any], names: dict[tuple[str, str], str]) -> str:
    who = names.get((line["platform"], line["account"]), line["account"])
    what = OP_NAMES.get(line["op"], line["op"] or line["path"])
    if line["fault"]:
        outcome = f"<strong>{escape(ACTION_NAMES[line['fault']])}</strong>"
    else:
        outcome = "trả lời bình thường" if line["status"] < 400 else f"từ chối (HTTP {line['status']})"
    place = f"{PLATFORM_NAMES.get(line['platform'], '')} {who}".strip()
    return f'<li><span class="soft">{when(line["at"], seconds=True)}</span> {escape(place)}: {escape(what)} – {outcome}</li>'
