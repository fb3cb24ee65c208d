"""What only one kind takes: kept, checked, shown, approved."""

from __future__ import annotations

from typing import Any

import pytest

from campaigns.posts import extra_rules
from campaigns.posts.content_rules import MediaFacts, Severity
from campaigns.posts.content_rules import findings as text_findings
from campaigns.posts.extras import CHOICES, LABELS, cleaned, shown
from campaigns.posts.models import Post
from campaigns.posts.services import VariantText, edit_post
from cms.approvals import services as approvals
from cms.approvals.approvable import present_hash
from cms.channels.specs import SPECS, Shape
from tests.factories.campaigns import approve_post

FITS = MediaFacts("clip", "Video dọc", 1000, transcript="Lời", seconds=30, width=1080, height=1920)


def said(kind: str, extras: dict[str, str], **more: Any) -> list[tuple[str, str]]:
    return [(found.field, found.sentence) for found in extra_rules.findings(kind, extras, **more)]


class TestWords:
    def test_every_extra_and_every_choice_has_words(self):
        for spec in SPECS.values():
            for extra in spec.extras:
                assert LABELS[spec.kind, extra.name]
                if extra.shape is Shape.CHOICE:
                    assert list(CHOICES[spec.kind, extra.name]) == ["", *extra.choices]

    def test_shown_in_the_order_of_the_form(self):
        extras = {"playlist": "PLhuongdan2026", "category": "27", "tags": "hồ sơ, VNeID"}
        assert shown("youtube", extras) == [
            ("Thẻ từ khóa", "hồ sơ, VNeID"),
            ("Danh mục", "Giáo dục"),
            ("Danh sách phát", "PLhuongdan2026"),
        ]


class TestCleaning:
    def test_only_what_the_kind_has_and_what_is_not_usual_is_kept(self):
        given = {"form": "", "first_comment": " Xem thêm. ", "playlist": "PL1"}
        assert cleaned("facebook", given) == {"first_comment": "Xem thêm."}
        assert cleaned("loudspeaker", given) == {}

    def test_pasted_playlist_address_becomes_its_id_and_tags_a_list(self):
        given = {"playlist": "https://www.youtube.com/playlist?list=PLhuongdan2026&si=x", "tags": "#a,b\nb"}
        assert cleaned("youtube", given) == {"playlist": "PLhuongdan2026", "tags": "a, b"}


class TestRules:
    def test_usual_post_has_nothing_against_it(self):
        for kind in SPECS:
            assert said(kind, {}) == []

    def test_reel_that_fits_passes(self):
        assert said("facebook", {"form": "reel"}, media=[FITS]) == []

    @pytest.mark.parametrize(
        ("clip", "sentence"),
        [
            ({"seconds": 90.4}, "Video “Dọc” dài 90,4 giây; Reel nhận từ 3 đến 90 giây."),
            ({"seconds": 2}, "Video “Dọc” dài 2 giây; Reel nhận từ 3 đến 90 giây."),
            (
                {"width": 480, "height": 854},
                "Video “Dọc” có khung 480×854 điểm ảnh; Reel cần ít nhất 540×960.",
            ),
            (
                {"width": 1920, "height": 1080},
                "Video “Dọc” có khung 1920×1080, không phải khung dọc 9:16 của Reel.",
            ),
        ],
    )
    def test_reel_of_the_wrong_length_or_shape_is_refused(self, clip, sentence):
        facts = MediaFacts("clip", "Dọc", 1000, **({"seconds": 30, "width": 1080, "height": 1920} | clip))
        assert said("facebook", {"form": "reel"}, media=[facts]) == [("form", sentence)]

    def test_reel_at_its_exact_limits_passes(self):
        for seconds in (3, 90):
            facts = MediaFacts("clip", "Dọc", 1000, seconds=seconds, width=540, height=960)
            assert said("facebook", {"form": "reel"}, media=[facts]) == []

    def test_reel_without_a_clip_is_refused(self):
        assert said("facebook", {"form": "reel"}) == [("form", "Reel cần đúng một video, hiện có 0.")]

    @pytest.mark.parametrize(
        ("kind", "name", "exact", "one_more", "sentence"),
        [
            (
                "facebook", "first_comment", "ữ" * 8000, "ữ" * 8001,
                "Bình luận đầu tiên dài 8001 ký tự, tối đa 8000 ký tự: vui lòng rút ngắn 1 ký tự.",
            ),
            (
                "youtube", "tags", "a b," + "c" * 494, "a b," + "c" * 495,
                "Các thẻ từ khóa dài 501 ký tự, tối đa 500 ký tự: vui lòng rút ngắn 1 ký tự.",
            ),
            (
                "zalo", "author", "ữ" * 50, "ữ" * 51,
                "Tên tác giả dài 51 ký tự, tối đa 50 ký tự: vui lòng rút ngắn 1 ký tự.",
            ),
        ],
    )  # fmt: skip
    def test_exact_limit_passes_and_one_more_is_refused(self, kind, name, exact, one_more, sentence):
        assert said(kind, {name: exact}) == []
        assert said(kind, {name: one_more}) == [(name, sentence)]

    def test_what_is_no_playlist_is_refused_with_the_way_out(self):
        ((field, sentence),) = said("youtube", {"playlist": "danh sách của tôi"})
        assert field == "playlist"
        assert "dán liên kết có “list=”" in sentence

    def test_choice_that_is_not_offered_any_more_is_refused(self):
        assert said("zalo", {"cover": "round"}, media=[FITS]) == [
            ("cover", "Lựa chọn này không còn dùng được, vui lòng chọn lại.")
        ]

    def test_placeholder_in_a_comment_is_refused(self):
        ((field, sentence),) = said("facebook", {"first_comment": "Gọi {{duong_day_nong}}."})
        assert (field, "chỉ dùng cho bản tin phát thanh" in sentence) == ("first_comment", True)

    def test_video_article_counts_the_imprint_with_its_summary(self):
        closing = "Cơ quan ban hành: Sở X"
        exact = "a" * (280 - 2 - len(closing))
        assert said("zalo", {"form": "video"}, summary=exact, media=[FITS], closing=closing) == []
        ((field, sentence),) = said(
            "zalo", {"form": "video"}, summary=exact + "a", media=[FITS], closing=closing
        )
        assert (field, "vui lòng rút ngắn 1 ký tự" in sentence) == ("summary", True)

    def test_video_form_and_video_cover_need_a_clip(self):
        assert said("zalo", {"form": "video"}) == [
            ("form", "Bài video trên Zalo cần đúng một video, hiện có 0.")
        ]
        assert said("zalo", {"cover": "square"}) == [
            ("cover", "Bìa bằng video cần đúng một video, hiện có 0.")
        ]

    def test_leaving_captions_out_is_said_but_allowed(self):
        (found,) = extra_rules.findings("youtube", {"captions": "none"}, media=[FITS])
        assert (found.field, found.severity) == ("captions", Severity.WARNING)

    def test_youtube_video_may_bring_one_picture_as_its_thumbnail(self):
        picture = MediaFacts("image", "Bìa", 1000)
        texts = {"title": "Tiêu đề", "text": "Mô tả"}
        assert text_findings("youtube", media=[FITS, picture], **texts) == []
        (found,) = text_findings("youtube", media=[FITS, picture, picture], **texts)
        assert found.sentence == "Một video trên Kênh YouTube chỉ có một ảnh đại diện, hiện có 2 hình."


@pytest.mark.django_db
class TestKeeping:
    def test_extras_are_kept_with_the_variant_and_end_an_approval_when_they_change(self, province):
        post = province.planned_post()
        usual = present_hash(Post.objects.get(pk=post.pk))
        text = VariantText(kind="facebook", text="Nộp hồ sơ trực tuyến tại nhà.")
        approve_post(Post.objects.get(pk=post.pk))
        edit_post(Post.objects.get(pk=post.pk), province.editor, variants=[text])
        assert approvals.standing(Post.objects.get(pk=post.pk)) is not None
        commented = VariantText(
            kind="facebook", text=text.text, extras={"first_comment": "Xem hướng dẫn.", "playlist": "x"}
        )
        edit_post(Post.objects.get(pk=post.pk), province.editor, variants=[commented])
        assert Post.objects.get(pk=post.pk).variants.get().extras == {"first_comment": "Xem hướng dẫn."}
        assert approvals.standing(Post.objects.get(pk=post.pk)) is None
        assert present_hash(Post.objects.get(pk=post.pk)) != usual

    def test_post_without_extras_has_the_payload_it_always_had(self, province):
        post = province.planned_post()
        (payload,) = Post.approval_payloads([post]).values()
        assert "extras" not in payload["variants"][0]
