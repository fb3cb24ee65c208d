"""The page on which a person allows an app to act for an account, shared by the three OAuth dialogs."""

from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

from publishers.sandbox.accounts import Token
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.world import World

CODE_SECONDS = 600


def page(request: Request, heading: str, choices: list[tuple[str, str]]) -> Reply:
    """A form with one button per account, and one to refuse; each sends the dialog's parameters again."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in request.query.items()
    )
    buttons = "".join(
        f'<p><button name="chon" value="{escape(id_)}">Đồng ý cho “{escape(name)}”</button></p>'
        for id_, name in choices
    )
    return Reply.html(
        '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(heading)}</title><body><h1>{escape(heading)}</h1><p>Đây là trang cấp quyền mô phỏng.</p>"
        f'<form method="get" action="{escape(request.path)}">{hidden}{buttons}'
        '<p><button name="chon" value="tu-choi">Từ chối</button></p></form></body></html>'
    )


def problem(sentence: str) -> Reply:
    """A dialog that cannot be shown."""
    return Reply.html(
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>Lỗi</title><body><p>{escape(sentence)}</p></body></html>',
        status=400,
    )


def redirect_allowed(address: str, registered: list[str]) -> bool:
    """True for a registered redirect address; any http(s) one when the app has registered none."""
    if registered:
        return address in registered
    split = urlsplit(address)
    return split.scheme in ("http", "https") and bool(split.hostname)


def send_back(address: str, values: Mapping[str, str]) -> Reply:
    """Redirect to the app with ``values`` added to its address."""
    split = urlsplit(address)
    query = urlencode([*parse_qsl(split.query), *values.items()])
    return Reply.redirect(split._replace(query=query).geturl())


def grant_code(world: World, platform: str, account: str, **extra: str) -> str:
    """A single-use code that lives ten minutes."""
    code = world.ids.secret("code", account)
    expires = world.now() + CODE_SECONDS
    world.register.issue(Token(platform, code, "code", account, expires, extra=dict(extra)))
    return code
