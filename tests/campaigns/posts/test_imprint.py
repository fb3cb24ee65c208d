"""Every public post says who issued it and where to check it; a script does so in its own way."""

from __future__ import annotations

import pytest

from campaigns.posts.content_rules import findings
from campaigns.posts.imprint import MACHINE_MADE, imprint, signed

ADDRESS = "https://lantoa.example/xac-minh/ABCD2346"


def test_a_post_names_its_body_and_its_verify_address_without_the_scheme():
    assert imprint("facebook", "Sở Khoa học và Công nghệ tỉnh Gia Lai", ADDRESS) == (
        "Cơ quan ban hành: Sở Khoa học và Công nghệ tỉnh Gia Lai\nKiểm tra bài này: lantoa.example/xac-minh/ABCD2346"
    )


def test_machine_made_pictures_are_said_to_be():
    assert imprint("zalo", "UBND xã", ADDRESS, machine_made=True).splitlines()[1] == MACHINE_MADE


def test_a_loudspeaker_text_is_left_as_it_is():
    assert imprint("loudspeaker", "UBND xã", ADDRESS) == ""
    assert signed("Thưa bà con!", "") == "Thưa bà con!"


def test_the_closing_lines_stand_in_a_paragraph_of_their_own():
    assert signed("Nội dung.\n", "Cơ quan ban hành: A") == "Nội dung.\n\nCơ quan ban hành: A"


@pytest.mark.parametrize(("room", "forbidden"), [(0, False), (1, True)])
def test_the_closing_lines_count_with_the_text(room, forbidden):
    closing = "Cơ quan ban hành: A"
    text = "a" * (63_206 - len(closing) - 2 + room)
    found = [finding for finding in findings("facebook", text=text, closing=closing) if finding.forbids]
    assert bool(found) is forbidden
    assert all("kể cả dòng ghi cơ quan ban hành" in finding.sentence for finding in found)
