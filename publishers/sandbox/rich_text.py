"""The small HTML an article may carry, rebuilt from scratch so that nothing else gets through."""

from html import escape
from html.parser import HTMLParser

ALLOWED = frozenset({"p", "br", "b", "i", "ul", "ol", "li", "a", "strong", "em"})
_DROPPED = frozenset({"script", "style"})


class _Rebuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[str] = []
        self.dropping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self.dropping += 1
        elif tag == "br":
            self.out.append("<br>")
        elif tag in ALLOWED:
            href = dict(attrs).get("href") or ""
            safe = tag == "a" and href.lower().startswith(("https://", "http://"))
            self.out.append(f'<a href="{escape(href)}" rel="noopener nofollow">' if safe else f"<{tag}>")
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            self.dropping = max(0, self.dropping - 1)
        elif tag in self.open:
            while self.open:
                last = self.open.pop()
                self.out.append(f"</{last}>")
                if last == tag:
                    return

    def handle_data(self, data: str) -> None:
        if not self.dropping:
            self.out.append(escape(data))


def clean(html: str) -> str:
    """The text with only the allowed tags, every one of them closed, and links to http(s) only."""
    parser = _Rebuilder()
    parser.feed(html)
    parser.close()
    return "".join(parser.out) + "".join(f"</{tag}>" for tag in reversed(parser.open))
