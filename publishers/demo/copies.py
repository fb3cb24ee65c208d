"""Two provinces adapt a shared guide; the centre then corrects it: one has taken the correction, one has yet to."""

from __future__ import annotations

from django.db import transaction

from media.library.models import Asset, AssetKind
from media.library.versions import version_hash
from media.localisations import services
from media.localisations.content import put_blocks
from media.localisations.merge import Side
from media.localisations.models import Localisation
from publishers.demo.bodies import lead_of
from publishers.demo.library import named
from publishers.demo.people import person

GUIDE = "Chứng thực bản sao điện tử từ bản chính"
CORRECTED_TITLE = "Chứng thực bản sao điện tử: làm một lần, dùng nhiều lần"
CORRECTION = (
    "Bản sao điện tử chỉ có giá trị khi lấy từ tài khoản của chính mình; ảnh chụp lại không dùng được."
)

# Province → its own title and paragraph.
ADAPTED = {
    "38": (
        "Bà con Thanh Hóa chứng thực bản sao điện tử ở đâu",
        "<p>Bà con đến Trung tâm Phục vụ hành chính công của xã, phường nơi gần nhất; không phải về nơi thường trú.</p>",
    ),
    "52": (
        "Gia Lai: chứng thực bản sao điện tử tại xã, phường",
        "<p>Tổ công nghệ số cộng đồng ở thôn, làng giúp bà con mở tài khoản trước khi đi chứng thực.</p>",
    ),
}
WRITERS = {"38": "thanhhoa.truyenthong", "52": "gialai.truyenthong"}


@transaction.atomic
def seed_copies() -> int:
    """Make the two copies and the correction; return how many copies there are. Doing it again changes nothing."""
    original = named(GUIDE, AssetKind.ARTICLE)
    if original is None or Localisation.objects.of(original).exists():
        return Localisation.objects.count()
    for place, (title, paragraph) in ADAPTED.items():
        writer = person(WRITERS[place])
        copy = services.take(original, lead_of(place), actor=writer)
        services.rewrite(
            copy, {"title": title}, [("paragraph", paragraph)], actor=writer, put_into_library=True
        )
    _correct(original)
    taken = Localisation.objects.of(original).get(organisation=lead_of("38"))
    seen = version_hash(Asset.objects.with_files().get(pk=original.pk))
    services.update(taken, {"title": Side.LOCAL}, seen, person(WRITERS["38"]))
    return Localisation.objects.count()


def _correct(original: Asset) -> None:
    editor = person("tw.bientap")
    draft = original.get_latest_revision_as_object()
    raw = [dict(block) for block in draft.body.get_prep_value()]
    raw.append({"type": "warning", "value": CORRECTION})
    put_blocks(raw, draft)
    draft.title = CORRECTED_TITLE
    draft.save_revision(user=editor, log_action=False).publish(user=editor, skip_permission_checks=True)
