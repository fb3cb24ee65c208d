"""A commune says its own facts through the link its province has made, in a real browser and without signing in."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.facts.models import Fact

pytestmark = pytest.mark.browser


def test_commune_fills_in_what_the_province_asked_for(visit, world, width):
    window = visit(world.communicator)
    page = window.open(reverse("facts_coverage"))
    page.get_by_role("button", name="Tạo liên kết").first.click()
    page.wait_for_selector("#new-link")
    address = page.input_value("#new-link")
    assert window.is_clean()
    phone = visit()
    form = phone.open(address)
    assert "Sở Khoa học và Công nghệ tỉnh Thanh Hóa đề nghị" in form.inner_text("main")
    form.fill("[name=duong-day-nong]", "hỏi ở trụ sở")
    form.fill("[name=le-phi]", f"không thu lệ phí, lần {width}")
    form.fill("[name=position]", "Công chức văn hóa")
    form.click("button:has-text('Lưu và đóng liên kết')")
    form.wait_for_selector("[aria-invalid=true]")
    assert "Đường dây nóng phải có số điện thoại" in form.inner_text("main")
    assert form.input_value("[name=le-phi]") == f"không thu lệ phí, lần {width}"
    form.fill("[name=duong-day-nong]", f"0237 385 {width:04}")
    form.click("button:has-text('Lưu và đóng liên kết')")
    form.wait_for_selector(".notice.green")
    assert "2 dữ kiện được ghi nhận" in form.inner_text("main")
    assert Fact.objects.filter(key="duong-day-nong", value=f"0237 385 {width:04}").exists()
    assert "đã được dùng" in form.goto(address).text()
