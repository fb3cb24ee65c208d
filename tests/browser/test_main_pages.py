"""Every main page in a real browser, wide and on a phone: what a person would check, and no complaint anywhere."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from campaigns.posts.models import Post
from cms.approvals import services as approvals
from cms.core import clock
from media.library.models import Asset
from publishers.delivery.models import Delivery
from publishers.delivery.states import State
from tests.factories.media import picture_bytes

pytestmark = pytest.mark.browser

LIBRARY = "/admin/kho-tai-lieu/"


# ------------------------------------------------------------------------------------------------ library
def test_library_finds_words_typed_without_accents(visit, world):
    window = visit(world.communicator)
    page = window.open(LIBRARY)
    assert page.locator("main img[src*='/thu-nho/']").first.is_visible()
    page.fill("#id_q", "dang ky")
    page.get_by_role("link", name="Tra cứu tình trạng hồ sơ").wait_for(state="detached")
    assert page.get_by_role(
        "link", name="Đăng ký và kích hoạt tài khoản định danh điện tử VNeID mức 2"
    ).is_visible()
    assert window.is_clean()


def test_kinds_page_offers_every_kind_and_leads_to_its_form(visit, world):
    window = visit(world.central_editor)
    page = window.open(f"{LIBRARY}add/")
    assert page.locator(".library-kind__name").all_inner_texts() == [
        "Bài viết", "Đồ họa", "Video", "Âm thanh", "Văn bản",
    ]  # fmt: skip
    assert window.is_clean()
    page.locator(".library-kind__name", has_text="Đồ họa").click()
    page.wait_for_url("**?loai=do-hoa")
    assert page.locator("input[name=upload]").is_visible()
    assert window.is_clean()


def test_article_is_written_with_the_block_editor(visit, world, width):
    window = visit(world.central_editor)
    page = window.open(f"{LIBRARY}add/?loai=bai-viet")
    title = f"Cấp lại căn cước trên mạng {width}"
    page.fill("input[name=title]", title)
    page.locator("[data-streamfield-stream-container] button, .c-sf-add-button").first.click()
    page.get_by_role("option", name="Tiêu đề mục").or_(
        page.get_by_text("Tiêu đề mục", exact=True)
    ).first.click()
    page.locator("[name=body-0-value]").fill("Chuẩn bị trước khi nộp")
    page.locator("[name=action-publish]").or_(page.locator("main footer button[type=submit]")).first.click()
    page.wait_for_url("**/edit/**")
    assert Asset.objects.get(title=title).body[0].value == "Chuẩn bị trước khi nộp"
    assert window.is_clean()


def test_picture_is_uploaded_and_shown(visit, world, width):
    window = visit(world.central_editor)
    page = window.open(f"{LIBRARY}add/?loai=do-hoa")
    title = f"Đồ họa tải lên {width}"
    page.fill("[name=title]", title)
    page.fill("[name=alt_text]", "Một hình màu xanh.")
    page.set_input_files(
        "[name=upload]", {"name": "hinh.png", "mimeType": "image/png", "buffer": picture_bytes(800, 600)}
    )
    page.locator("main footer button[type=submit]").first.click()
    page.wait_for_url("**/edit/**")
    assert Asset.objects.get(title=title).picture is not None
    shown = page.locator("img[src*='/tep/']").first
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    assert window.is_clean()


# ------------------------------------------------------------------------------------------------ posts
def test_post_editor_counts_warns_saves_and_keeps_what_was_typed_when_refused(visit, world, width):
    window = visit(world.communicator)
    page = window.open(reverse("wagtailsnippets_posts_post:add"))
    title = f"Nhắc hạn cấp đổi giấy phép lái xe {width}"
    page.fill("[name=title]", title)
    page.select_option("[name=organisation]", str(world.province.pk))
    page.select_option("[name=campaign]", index=1)
    page.locator("#the-zalo summary").first.click()
    page.fill("[name=zalo-title]", "Đăng ký khai sinh")
    assert page.inner_text("[data-count-for=id_zalo-title]").startswith("17 / ")
    page.fill("[name=zalo-title]", "Đ" * 160)
    assert "post-count--over" in page.get_attribute("[data-count-for=id_zalo-title]", "class")
    page.fill("[name=zalo-summary]", "Cách nộp hồ sơ.")
    page.fill("[name=zalo-text]", "Nộp hồ sơ tại nhà.")
    tick = page.locator("#the-zalo input[type=checkbox][name^=channel-]").first
    tick.check()
    past = (clock.in_vietnam(clock.now()) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    when = page.locator("#the-zalo [name^=channel-][name$=-at]").first
    when.fill(past)
    page.click("button[value=save]")
    page.wait_for_selector(".post-error")
    assert "đã qua, vui lòng chọn một giờ trong tương lai" in page.inner_text("#the-zalo")
    assert page.input_value("[name=zalo-text]") == "Nộp hồ sơ tại nhà."
    assert page.input_value("[name=title]") == title
    assert not Post.objects.filter(title=title).exists()
    # A page that was refused answers 422, which the browser notes; nothing else may be on its console.
    assert all("422" in said for said in window.complaints), window.complaints
    window.complaints.clear()

    tick = page.locator("#the-zalo input[type=checkbox][name^=channel-]").first
    tick.uncheck()
    page.click("button[value=save]")
    page.wait_for_url(re.compile(r"/bai-dang/edit/\d+/"))
    assert Post.objects.get(title=title).variants.get().text == "Nộp hồ sơ tại nhà."
    assert "vui lòng rút ngắn" in page.inner_text("#the-zalo")
    assert window.is_clean()


def test_approver_reads_everything_and_approves_with_two_taps(visit, world):
    post = world.post_awaiting_approval()
    window = visit(world.approver)
    page = window.open(reverse("posts_waiting"))
    page.locator(f"a[href='{reverse('wagtailsnippets_posts_post:decide', args=[post.pk])}']").first.click()
    page.wait_for_url("**/duyet/**")
    text = page.inner_text("main")
    for shown in ("Bà con nộp hồ sơ trực tuyến tại nhà", "Chuyển đổi số Thanh Hóa", "12:00"):
        assert shown in text
    assert window.is_clean()
    page.get_by_role("button", name="Duyệt đúng nội dung này").click()
    page.wait_for_load_state()
    assert approvals.standing(Post.objects.get(pk=post.pk)).approver == world.approver
    assert window.is_clean()


# ------------------------------------------------------------------------------------------------ when, and what became of it
def test_month_shows_what_goes_out_when(visit, world):
    window = visit(world.communicator)
    day = clock.in_vietnam(world.waiting.due_at)
    page = window.open(f"{reverse('schedule_calendar')}?thang={day:%Y-%m}")
    entry = page.locator(".month-slots a", has_text="Sáu bước nộp hồ sơ trực tuyến").first
    assert entry.is_visible()
    assert "12:00" in entry.inner_text()
    assert window.is_clean()
    page.get_by_role("link", name="Tháng sau").click()
    page.wait_for_load_state()
    assert window.is_clean()


def test_queue_leads_to_a_delivery_that_can_be_held_and_released(visit, world):
    window = visit(world.communicator)
    page = window.open(reverse("delivery_queue"))
    assert "Bộ định nhịp" in page.inner_text("main")
    assert window.is_clean()
    page.locator(f"a[href='{reverse('delivery_page', args=[world.waiting.public_id])}']").first.click()
    page.wait_for_selector("#package")
    assert "Bà con nộp hồ sơ trực tuyến tại nhà" in page.inner_text(".queue-text")
    assert "Chưa gửi lần nào." in page.inner_text("main")
    assert window.is_clean()
    page.fill("#action-note", "Chờ ý kiến lãnh đạo.")
    page.click("button[value=hold]")
    page.wait_for_selector("button[value=release]")
    assert "Chờ ý kiến lãnh đạo." in page.inner_text("main")
    page.click("button[value=release]")
    page.wait_for_selector("button[value=hold]")
    assert Delivery.objects.get(pk=world.waiting.pk).state == State.READY
    assert window.is_clean()


def test_what_needs_a_look_asks_for_a_link_before_it_believes(visit, world):
    window = visit(world.communicator)
    page = window.open(reverse("delivery_needs_look"))
    assert "Cảnh giác cổng dịch vụ công giả" in page.inner_text("main")
    assert window.is_clean()
    page.click("button[value=found-live]")
    page.wait_for_selector("[role=alert].error-message")
    assert "Vui lòng dán liên kết" in page.inner_text("main")
    assert Delivery.objects.get(pk=world.needing_a_look.pk).state == State.HELD
    assert all("422" in said for said in window.complaints), window.complaints


# ------------------------------------------------------------------------------------------------ channels, stations
def test_channels_list_says_which_channel_is_not_connected(visit, world):
    window = visit(world.administrator)
    page = window.open(reverse("wagtailsnippets_channels_channel:list"))
    row = page.locator("tr", has_text="Trang Facebook chưa kết nối").first
    assert row.is_visible()
    assert window.is_clean()


def test_stations_are_found_by_the_name_of_their_place(visit, world):
    window = visit(world.communicator)
    page = window.open(reverse("wagtailsnippets_stations_station:list") + "?q=hac+thanh")
    assert page.get_by_text("Đài truyền thanh phường Hạc Thành").first.is_visible()
    assert window.is_clean()


# ------------------------------------------------------------------------------------------------ citizens and operators
def test_front_page_leads_to_the_stations(visit):
    window = visit()
    page = window.open("/")
    assert page.get_by_role("heading", name="Tìm đài truyền thanh").is_visible()
    assert window.is_clean()
    page.fill("#q", "hac thanh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dai/?q=*")
    assert page.get_by_role("link", name="Đài truyền thanh phường Hạc Thành").first.is_visible()
    assert window.is_clean()


def test_operator_opens_todays_script_without_signing_in_and_without_a_cookie(visit, world):
    window = visit()
    page = window.open(f"/dai/{world.station.slug}/")
    assert "1 bản tin" in page.inner_text("h2.today")
    assert window.is_clean()
    page.locator(f"a[href='{world.script.get_absolute_url()}']").first.click()
    page.wait_for_selector(".reading")
    reading = page.inner_text(".reading")
    assert "Đài truyền thanh phường Hạc Thành" in reading
    assert "bảy giờ ba mươi" in reading
    assert page.context.cookies() == []
    assert window.is_clean()


def test_citizen_learns_whether_a_code_is_right_or_wrong(visit, world):
    window = visit()
    page = window.open("/xac-minh/")
    page.fill("#ma", world.script.code.lower())
    page.get_by_role("button", name="Xác minh").click()
    page.wait_for_selector(".notice")
    assert page.inner_text(".notice").startswith("Còn hiệu lực.")
    assert world.province.name in page.inner_text("main")
    assert window.is_clean()
    page.fill("#ma", "ZZZZZZZZ")
    page.get_by_role("button", name="Xác minh").click()
    page.wait_for_selector(".notice.amber")
    assert "Không tìm thấy thông tin nào đã ban hành với mã “ZZZZZZZZ”." in page.inner_text(".notice")
    assert page.context.cookies() == []
