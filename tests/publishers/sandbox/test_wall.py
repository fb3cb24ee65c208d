"""The wall: what citizens see, safe whatever was posted."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from publishers.sandbox.rich_text import ALLOWED, clean
from tests.publishers.sandbox.imitated import MEDIA, FacebookPage, YouTubeChannel, ZaloAccount
from tests.publishers.sandbox.wire import JPEG, Caller, clip

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def wall(sandbox: Caller, query: str = "") -> str:
    answer = sandbox.send("GET", "/tuong" + query)
    assert answer.status == 200
    return answer.body.decode()


def test_empty_wall_says_so(sandbox: Caller) -> None:
    assert "Chưa có bài nào được công khai ở đây." in wall(sandbox)


def test_posted_markup_is_shown_as_text(sandbox: Caller, fb_page: FacebookPage, oa: ZaloAccount) -> None:
    fb_page.post("feed", message=ATTACK)
    id_ = oa.publish(
        title=ATTACK, body=[{"type": "text", "content": f"<p onclick=x>Chữ <b>đậm</b>{ATTACK}</p>"}]
    )
    for html in (wall(sandbox), sandbox.send("GET", f"/zalo-www/article/{id_}").body.decode()):
        assert "<script" not in html
        assert "onerror=alert" not in html.replace("onerror=alert(1)&gt;", "")
        assert "onclick" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_page_allows_no_script_and_no_outside_resource(sandbox: Caller, fb_page: FacebookPage) -> None:
    fb_page.post("feed", message="Bài")
    answer = sandbox.send("GET", "/tuong")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    sources: list[str] = []

    class Collector(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            sources.extend(
                value or "" for name, value in attrs if name == "src" or (tag, name) == ("link", "href")
            )

    Collector().feed(answer.body.decode())
    assert sources
    assert all(source.startswith("/") for source in sources)
    assert sandbox.send("GET", "/tuong/kieu.css").headers["Content-Type"] == "text/css; charset=utf-8"


def test_deleted_and_unpublished_things_are_not_shown(sandbox: Caller, fb_page: FacebookPage) -> None:
    gone = fb_page.post("feed", message="Đã gỡ").json["id"]
    fb_page.delete(gone)
    fb_page.post("feed", message="Chưa đăng", published="false")
    html = wall(sandbox)
    assert "Đã gỡ" not in html
    assert "Chưa đăng" not in html
    assert sandbox.send("GET", f"/facebook-www/{fb_page.id}/posts/{gone.split('_')[1]}").status == 404


def test_permalink_opens_the_post_with_its_comments(sandbox: Caller, fb_page: FacebookPage) -> None:
    post = fb_page.post("feed", message="Bài chính", fields="id,permalink_url").json
    sandbox.form(f"/graph/v26.0/{post['id']}/comments", fb_page.auth, message="Lời bình đầu")
    html = sandbox.send("GET", post["permalink_url"]).body.decode()
    assert "Bài chính" in html
    assert "Lời bình đầu" in html


def test_tabs_filter_by_platform_and_account(sandbox: Caller, fb_page: FacebookPage, oa: ZaloAccount) -> None:
    fb_page.post("feed", message="Của trang")
    oa.publish(title="Của OA")
    html = wall(sandbox, f"?nen-tang=zalo&tai-khoan={oa.id}")
    assert "Của OA" in html
    assert "Của trang" not in html
    assert "Facebook (1)" in html


def test_twenty_cards_to_a_page(sandbox: Caller, fb_page: FacebookPage) -> None:
    for number in range(21):
        fb_page.post("feed", message=f"Bài số {number}.")
    first, second = wall(sandbox), wall(sandbox, "?trang=2")
    assert (first.count("<article"), second.count("<article")) == (20, 1)
    assert "Bài số 0." in second
    assert "Trang 1/2" in first
    assert wall(sandbox, "?trang=99").count("<article") == 1
    assert wall(sandbox, "?trang=x").count("<article") == 20


def test_times_are_those_of_viet_nam(sandbox: Caller, fb_page: FacebookPage) -> None:
    sandbox.control("POST", "clock", {"now": "2026-12-31T18:05:00Z"})
    fb_page.post("feed", message="Năm mới")
    assert "01:05 ngày 01/01/2027" in wall(sandbox)


def test_training_faults_are_visible(sandbox: Caller) -> None:
    assert "Chế độ tập huấn" not in wall(sandbox)
    sandbox.rule(platform="zalo", op="article.create", action="drop_after")
    html = wall(sandbox)
    assert "Chế độ tập huấn" in html
    assert "mất kết nối sau khi đã ghi nhận" in html
    assert "drop_after" not in html


def test_video_is_served_by_range(sandbox: Caller, channel: YouTubeChannel) -> None:
    content = clip(3000)
    video = channel.upload(channel.body(privacy="public"), content)
    html = sandbox.send("GET", f"/youtube-www/watch/{video}").body.decode()
    assert "<video controls" in html
    source = html.split('src="', 1)[1].split('"', 1)[0]
    part = sandbox.send("GET", source, headers={"Range": "bytes=100-199"})
    assert (part.status, part.headers["Content-Range"], part.body) == (
        206,
        "bytes 100-199/3000",
        content[100:200],
    )
    assert sandbox.send("GET", source, headers={"Range": "bytes=-10"}).body == content[-10:]
    assert sandbox.send("GET", source, headers={"Range": "bytes=2990-"}).body == content[2990:]
    assert sandbox.send("GET", source, headers={"Range": "bytes=3000-"}).status == 416
    assert sandbox.send("HEAD", source).body == b""


def test_media_addresses_cannot_leave_their_folder(sandbox: Caller, fb_page: FacebookPage) -> None:
    photo = fb_page.staged()
    assert sandbox.send("GET", f"/__sandbox/media/{photo}").body == JPEG
    for name in ("..%2Fsandbox.sqlite3", "../sandbox.sqlite3", "%2Fetc%2Fpasswd", ""):
        assert sandbox.send("GET", f"/__sandbox/media/{name}").status == 404


def test_article_pictures_are_shown_from_the_sandbox(sandbox: Caller, oa: ZaloAccount) -> None:
    id_ = oa.publish(body=[{"type": "image", "url": f"{MEDIA}/anh2.png", "caption": "Bước một"}])
    html = sandbox.send("GET", f"/zalo-www/article/{id_}").body.decode()
    assert MEDIA not in html
    assert 'alt="Bước một"' in html


TAGS = st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<script>", "</script>", "<img onerror=x>", '<a href="javascript:x">',
                        '<a href="https://vidu.gov.vn">', "</a>", "<br>", "</ul>", "<li>"])  # fmt: skip


@given(st.lists(TAGS | st.text(max_size=8), max_size=12).map("".join))
def test_cleaned_text_has_only_closed_allowed_tags(html: str) -> None:
    balance: list[str] = []

    class Checker(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in ALLOWED
            assert all(name in ("href", "rel") for name, _ in attrs)
            assert all((value or "").startswith("http") for name, value in attrs if name == "href")
            if tag != "br":
                balance.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert balance.pop() == tag

    Checker().feed(clean(html))
    assert balance == []
