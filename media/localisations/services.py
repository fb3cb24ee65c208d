"""Verbs: take a copy, rewrite its open parts, take an update, offer it back, correct the original urgently."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.access.roles import roles_allowing
from cms.accounts.models import Membership, User
from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused
from cms.core.models import nfc
from cms.notices.models import NoticeKind
from cms.notices.services import settle, tell
from cms.organisations.models import Organisation
from media.library import blobs, end_cards
from media.library.captions import as_webvtt
from media.library.models import Asset, AssetKind, Sharing
from media.library.services import share
from media.library.versions import version_hash
from media.localisations import openness, redrawing
from media.localisations.content import FILES, as_json, content_of, from_json, put, working_copy
from media.localisations.merge import BLOCK, Block, Change, Choice, Content, Verdict, changes, merged
from media.localisations.models import CopyVersion, Localisation, OpenParts


@transaction.atomic
def take(upstream: Asset, organisation: Organisation, language: str = "", actor: Any = None) -> Localisation:
    """Make a linked copy of `upstream` for `organisation` (Biên tập lại cho địa phương), as a draft.

    `language` other than the original's makes a translation. Raises InputRefused for a source document, for what is
    not in the library, and ConflictingState when the body has such a copy already."""
    language = language or upstream.language
    if upstream.kind == AssetKind.DOCUMENT:
        raise InputRefused(_("Văn bản nguồn được giữ nguyên, không biên tập lại."))
    if not upstream.live:
        raise InputRefused(_("Tài liệu này chưa ở trong kho nên chưa biên tập lại được."))
    if upstream.organisation_id == organisation.pk and language == upstream.language:
        raise InputRefused(_("Tài liệu này là của chính cơ quan bạn: hãy sửa thẳng bản gốc."))
    base = content_of(upstream)
    copy = Asset(
        organisation=organisation,
        kind=upstream.kind,
        language=language,
        sharing=Sharing.OWN,
        machine_made=upstream.machine_made,
        review_by=upstream.review_by,
        # By what right and until when it is used binds a copy as it binds the original.
        procedure_code=upstream.procedure_code,
        rights_holder=upstream.rights_holder or upstream.organisation.name,
        licence=upstream.licence,
        consent=upstream.consent,
        consent_note=upstream.consent_note,
        usable_from=upstream.usable_from,
        usable_until=upstream.usable_until,
        live=False,
        created_by=actor if getattr(actor, "pk", None) else None,
    )
    put(base, copy)
    with blobs.storing():
        for name, value in redrawing.redrawn(upstream, organisation, None, actor).items():
            setattr(copy, f"{name}_id" if name in FILES else name, value)
    copy.save()
    for name in ("topics", "audiences", "sources", "relies_on"):
        getattr(copy, name).set(getattr(upstream, name).all())
    copy.save()
    version = version_hash(upstream)
    try:
        with transaction.atomic():
            localisation = Localisation.objects.create(
                asset=copy, upstream=upstream, organisation=organisation, language=language, base=as_json(base),
                base_version=version, upstream_version=version, taken_by=copy.created_by,
            )  # fmt: skip
    except IntegrityError:
        raise ConflictingState(_("Cơ quan bạn đã có bản địa phương của tài liệu này.")) from None
    record("localisation.take", copy, actor=actor, upstream=upstream.pk, language=language)
    copy.save_revision(user=actor, log_action=False)
    return localisation


def parts(localisation: Localisation) -> tuple[Content, Content, frozenset[str]]:
    """Return the original as last taken, the copy as its people last left it, and the keys that are open."""
    base = from_json(localisation.base)
    return base, content_of(working_copy(localisation.asset)), openness.open_keys(localisation, base)


@transaction.atomic
def rewrite(
    localisation: Localisation,
    values: Mapping[str, Any],
    added: Iterable[tuple[str, Any]] = (),
    *,
    actor: Any = None,
    put_into_library: bool = False,
) -> Localisation:
    """Rewrite open parts of the copy: key → new value (None takes a part of the place's own away again), and `added`
    parts as (type, value) at the end.

    Raises InputRefused, naming the key, for a locked part, an empty title, captions without times, or an invitation that
    has no room on the end card; then nothing is written."""
    localisation = _locked(localisation)
    base, local, keys = parts(localisation)
    own = {BLOCK + block.id for block in local.blocks if openness.is_own(block, base)}
    current = local.flat()
    for key, value in values.items():
        if key not in current:
            raise ConflictingState(_("Bản địa phương vừa được người khác sửa. Vui lòng tải lại trang."))
        if _value(current[key], key) != value and key not in keys and key not in own:
            raise InputRefused(openness.reason(localisation), key)
    if not nfc(str(values.get("title", local.fields["title"]))).strip():
        raise InputRefused(_("Vui lòng nhập tên tài liệu."), "title")
    fields = {name: _clean(values.get(name, value)) for name, value in local.fields.items()}
    _check_clip(localisation, fields, values)
    blocks = [
        Block(block.id, block.type, _clean(values.get(BLOCK + block.id, block.value)))
        for block in local.blocks
        if not (values.get(BLOCK + block.id, block.value) is None and BLOCK + block.id in own)
    ]
    blocks += [Block(str(uuid.uuid4()), kind, _clean(value)) for kind, value in added]
    _keep(localisation, Content(fields, tuple(blocks)), actor, put_into_library)
    record("localisation.rewrite", localisation.asset, actor=actor, keys=sorted(values))
    return localisation


def waiting_changes(localisation: Localisation) -> list[Change]:
    """Return what the original changed since the copy last took it."""
    base, local, _keys = parts(localisation)
    upstream = _in_library(localisation.upstream_id)
    base, above = _drawn_again(localisation, upstream, base, local, None, keep=False)
    return changes(base, above, local)


@transaction.atomic
def update(localisation: Localisation, choices: Mapping[str, Choice], seen: str, actor: Any = None) -> bool:
    """Take the original's changes into the copy; return whether the copy went on into the library at once.

    `seen` is the version of the original the person looked at. What only the original changed is taken; what both
    changed follows `choices`. Raises ConflictingState when the original has moved on meanwhile, InputRefused when a
    choice is missing; then nothing is written. A copy without a draft of its own stays in the library, updated; one
    with unfinished work keeps it as a draft."""
    localisation = _locked(localisation)
    upstream = _in_library(localisation.upstream_id)
    version = version_hash(upstream)
    if version != seen:
        raise ConflictingState(_("Bản gốc vừa đổi thêm. Vui lòng xem lại những chỗ đổi rồi cập nhật."))
    base, local, _keys = parts(localisation)
    kept = as_json(content_of(upstream))
    with blobs.storing():
        base, above = _drawn_again(localisation, upstream, base, local, actor, keep=True)
    for change in changes(base, above, local):
        if change.verdict is Verdict.ASK and change.key not in choices:
            raise InputRefused(_("Vui lòng chọn bản nào dùng cho chỗ này."), change.key)
    asset = localisation.asset
    goes_on = asset.live and not asset.has_unpublished_changes
    localisation.base, localisation.base_version = kept, version
    localisation.upstream_version = version
    localisation.updated_from_upstream_at = clock.now()
    localisation.save()
    _keep(localisation, merged(base, above, local, choices), actor, goes_on)
    settle(_who_is_done(localisation), f"original:{upstream.pk}:")
    record("localisation.update", asset, actor=actor, upstream=upstream.pk, version=version)
    return goes_on


@transaction.atomic
def note_correction(upstream: Asset) -> int:
    """Write down that `upstream` stands in the library in a new version; return how many copies are behind now."""
    version = version_hash(Asset.objects.with_files().get(pk=upstream.pk))
    copies = Localisation.objects.of(upstream).exclude(upstream_version=version)
    if not copies.update(upstream_version=version, upstream_changed_at=clock.now()):
        return 0
    behind = Localisation.objects.of(upstream).behind()
    # One sentence for everybody, told in bulk: an original may have a copy in every commune.
    tell(
        _who_rewrites(behind),
        NoticeKind.LIBRARY,
        _("Bản gốc “%(title)s” vừa đổi. Vui lòng cập nhật bản địa phương của cơ quan bạn.")
        % {"title": upstream.title},
        cause=f"original:{upstream.pk}:{version[:32]}",
        link=reverse("localisations") + "?cho=cap-nhat",
    )
    return behind.count()


def note_copy_version(asset: Asset) -> None:
    """Write down on which version of its original the copy `asset` rests as it stands in the library now."""
    copy = Localisation.objects.filter(asset=asset.pk).first()
    if copy is not None:
        CopyVersion.objects.get_or_create(
            localisation=copy,
            version=version_hash(Asset.objects.with_files().get(pk=asset.pk)),
            base_version=copy.base_version,
        )


@transaction.atomic
def open_parts(upstream: Asset, keys: Iterable[str], actor: Any = None) -> OpenParts:
    """Say which parts of `upstream` places may rewrite. Raises InputRefused for a part it does not have."""
    known = set(content_of(upstream).flat())
    chosen = sorted(set(keys))
    for key in chosen:
        if key not in known:
            raise InputRefused(_("Tài liệu không có phần này."), key)
    row, _made = OpenParts.objects.update_or_create(asset=upstream, defaults={"keys": chosen})
    record("localisation.open_parts", upstream, actor=actor, keys=chosen)
    return row


@transaction.atomic
def offer(localisation: Localisation, note: str, actor: Any = None) -> None:
    """Offer the copy back to the library. Raises InputRefused while it is a draft, ConflictingState when offered."""
    localisation = _locked(localisation)
    if not localisation.asset.live:
        raise InputRefused(_("Vui lòng đưa bản địa phương vào kho trước khi giới thiệu."))
    if localisation.offered_at and not localisation.offer_answer:
        raise ConflictingState(_("Bản này đã được giới thiệu và đang chờ trả lời."))
    localisation.offered_at, localisation.offer_note = clock.now(), nfc(note).strip()
    localisation.offer_answer = localisation.answer_note = ""
    localisation.save()
    record("localisation.offer", localisation.asset, actor=actor, upstream=localisation.upstream_id)


@transaction.atomic
def answer_offer(localisation: Localisation, accept: bool, note: str, actor: Any = None) -> None:
    """Answer an offer as the original's body: accepted, the copy is shared with everybody, its body named as author.

    Raises ConflictingState when there is nothing to answer, InputRefused for a refusal without a word."""
    localisation = _locked(localisation)
    if not localisation.offered_at or localisation.offer_answer:
        raise ConflictingState(_("Không có lời giới thiệu nào đang chờ trả lời."))
    if not accept and not note.strip():
        raise InputRefused(_("Vui lòng cho địa phương biết vì sao chưa nhận."), "note")
    localisation.offer_answer = "accepted" if accept else "declined"
    localisation.answer_note = nfc(note).strip()
    localisation.save()
    asset = localisation.asset
    record(
        "localisation.answer", asset, actor=actor,
        organisation_id=localisation.upstream.organisation_id, answer=localisation.offer_answer,
    )  # fmt: skip
    if accept and asset.sharing not in (Sharing.EVERYBODY, Sharing.PUBLIC):
        share(asset, Sharing.EVERYBODY, actor)


def family(asset: Asset) -> list[Asset]:
    """Return `asset` and every copy made from it, copies of copies too, each once."""
    found, wave = {asset.pk: asset}, [asset.pk]
    while wave:
        rows = Asset.objects.filter(localisation__upstream__in=wave).exclude(pk__in=found)
        wave = []
        for row in rows:
            found[row.pk] = row
            wave.append(row.pk)
    return list(found.values())


def _drawn_again(
    localisation: Localisation, upstream: Asset, base: Content, local: Content, actor: Any, *, keep: bool
) -> tuple[Content, Content]:
    """Return base and original for the merge: where the original's picture changed and is drawn from a design, the
    copy's own drawing stands in its place. A translation keeps its own words, so its picture is merged by a person.

    Raises InputRefused when the drawing does not fit the body's name or address."""
    above = content_of(upstream)
    same = localisation.language == upstream.language
    if not same or above.fields["image"] == base.fields["image"]:
        return base, above
    drawn = redrawing.redrawn(upstream, localisation.organisation, local.fields, actor, keep)
    if not drawn:
        return base, above
    return redrawing.following(base, above, local, drawn)


def _who_rewrites(copies: QuerySet[Localisation]) -> QuerySet[User]:
    """Return the people of the copies' own bodies who may rewrite them."""
    roles = roles_allowing(Localisation._meta.label_lower, frozenset({"change"}))
    held = Membership.objects.active().filter(organisation__in=copies.values("organisation"), role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def _who_is_done(localisation: Localisation) -> QuerySet[User]:
    """Return the people of the copy's body for whom no copy of its original is behind any more."""
    behind = Localisation.objects.of(localisation.upstream).behind()
    done = _who_rewrites(Localisation.objects.filter(pk=localisation.pk))
    return done.exclude(pk__in=_who_rewrites(behind).values("pk"))


def _locked(localisation: Localisation) -> Localisation:
    rows = Localisation.objects.select_for_update(of=("self",)).select_related(
        "asset__organisation", "upstream__organisation"
    )
    return rows.get(pk=localisation.pk)


def _in_library(pk: int) -> Asset:
    """Return the original as everybody reads it: the row, not its draft."""
    return Asset.objects.with_files().get(pk=pk)


def _keep(localisation: Localisation, content: Content, actor: Any, put_into_library: bool) -> None:
    asset = localisation.asset
    working = working_copy(asset)
    put(content, working)
    revision = working.save_revision(user=actor, log_action=False)
    if put_into_library:
        revision.publish(user=actor, skip_permission_checks=True)
    asset.refresh_from_db()


def _check_clip(localisation: Localisation, fields: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Bring rewritten captions into the form they are kept in, and measure the end card."""
    if "captions" in values and fields["captions"]:
        try:
            fields["captions"] = as_webvtt(fields["captions"])
        except ValueError as unreadable:
            raise InputRefused(str(unreadable), "captions") from None
    said = fields["end_card"] if "end_card" in values else ""
    if said and (sentence := end_cards.refusal(localisation.organisation, said)):
        raise InputRefused(sentence, "end_card")


def _value(flat: Any, key: str) -> Any:
    return flat[1] if key.startswith(BLOCK) else flat


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value).strip()
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return value
