"""The editor's page as one thing: its forms, what was typed, and how it is saved all or nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from campaigns.posts import sockets
from campaigns.posts.checks import closing_of, findings_of_draft
from campaigns.posts.content_rules import Finding
from campaigns.posts.extras import shown
from campaigns.posts.forms import PostForm, VariantForm
from campaigns.posts.models import Post
from campaigns.posts.services import create_post, edit_post
from campaigns.posts.sockets import Draft, Preview
from campaigns.schedule import reach
from campaigns.schedule.advisers import said_about
from campaigns.schedule.forms import ChannelTickForm, SlotForm, StationsForm, suggested_moment
from campaigns.schedule.models import Slot
from campaigns.schedule.services import advice_for, move_slot, plan_slot, set_lateness, take_out_slot
from campaigns.schedule.spreading import moments_of, sentence_of
from cms.channels.kinds import CONNECTED, ChannelKind
from cms.channels.sockets import not_ready
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.organisations.models import Organisation

#: Cards that are always there, in this order.
MAIN_KINDS = (ChannelKind.FACEBOOK, ChannelKind.YOUTUBE, ChannelKind.ZALO, ChannelKind.LOUDSPEAKER)
STATION_ROWS = 3


class Refused(Exception):
    """The page was not saved: each sentence stands at its place on the forms."""


class Card:
    """One kind of channel: its text, its slots, the channels that may be ticked."""

    def __init__(self, form: VariantForm) -> None:
        self.form = form
        self.slots: list[SlotForm] = []
        self.channels: list[ChannelTickForm] = []
        self.stations: list[StationsForm] = []
        self.findings: list[Finding] = []
        self.preview: Preview | None = None
        # What only this kind takes, in words: label and value.
        self.extras_shown: list[tuple[str, str]] = []

    @property
    def kind(self) -> str:
        return self.form.kind

    @property
    def forms(self) -> list[Any]:
        return [self.form, *self.slots, *self.channels, *self.stations]

    @property
    def is_open(self) -> bool:
        """Whether the card is shown unfolded: something stands on it, or something is wrong on it."""
        written = self.form.variant is not None or (
            self.form.is_bound
            and any(self.form[name].value() for name in self.form.fields if name != "assets")
        )
        return bool(written or any(form.errors for form in self.forms if form.is_bound))

    @property
    def has_connector(self) -> bool:
        return self.kind in CONNECTED

    @property
    def shows_extras(self) -> bool:
        """Whether the fields that only this kind has are shown unfolded: one is set, or something is wrong with it."""
        names = {extra.name for extra in self.form.spec.extras}
        wrong = any(finding.field in names for finding in self.findings)
        return bool(self.extras_shown or wrong or names & set(self.form.errors if self.form.is_bound else ()))

    def findings_at(self, field: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.field == field]


class EditorPage:
    """What the editor sees. `data` is what was sent, None when the page is opened."""

    def __init__(
        self, user: Any, post: Post | None = None, data: QueryDict | None = None, campaign_id: str = ""
    ) -> None:
        self.user = user
        self.post = post
        self.data = data
        if post is None:
            initial: dict[str, Any] = {"campaign": campaign_id} if campaign_id.isdecimal() else {}
        else:
            initial = {"title": post.title, "campaign": post.campaign_id}
        self.form = PostForm(data, user=user, post=post, initial=initial)
        self.cards = self._cards()
        self.blocked = ""

    # ------------------------------------------------------------------------------------------ building
    def _cards(self) -> list[Card]:
        variants = {variant.kind: variant for variant in self.post.variants.all()} if self.post else {}
        channels = list(
            reach.channels_of(self.user)
            .filter(is_active=True, organisation__is_active=True)
            .select_related("organisation__place")
            .order_by("organisation__place__path", "name")
        )
        slots = list(Slot.objects.filter(variant__post=self.post).with_subject()) if self.post else []
        kinds = [*MAIN_KINDS]
        kinds += [
            kind
            for kind in ChannelKind
            if kind not in kinds and (kind in variants or any(channel.kind == kind for channel in channels))
        ]
        reasons = not_ready(channels)
        return [
            self._card(
                kind,
                variants.get(kind),
                [slot for slot in slots if slot.variant.kind == kind],
                [channel for channel in channels if channel.kind == kind],
                reasons,
            )
            for kind in kinds
        ]

    def _card(self, kind, variant, slots, channels, reasons) -> Card:
        card = Card(VariantForm(self.data, kind=kind, user=self.user, variant=variant))
        card.slots = [SlotForm(self.data, slot=slot) for slot in slots if slot.state != "cancelled"]
        suggested = {"at": suggested_moment()}
        own_first = sorted(channels, key=lambda channel: channel.organisation_id != self._organisation_id())
        card.channels = [
            ChannelTickForm(
                self.data, channel=channel, not_ready=reasons.get(channel.pk, ""), initial=suggested
            )
            for channel in own_first
        ]
        if kind == ChannelKind.LOUDSPEAKER:
            places = reach.places_of(self.user)
            offered = list(places.select_related("parent").order_by("level", "sort_name")[:200])
            card.stations = [
                StationsForm(self.data, number=number, places=places, offered=offered)
                for number in range(1, STATION_ROWS + 1)
            ]
        self._look(card)
        return card

    def _organisation_id(self) -> int | None:
        return self.post.organisation_id if self.post else None

    def _organisation(self) -> Organisation | None:
        if self.post is not None:
            return self.post.organisation
        if self.form.is_bound and self.form.is_valid():
            return self.form.cleaned_data["organisation"]
        return self.form.fields["organisation"].queryset.first()

    def _look(self, card: Card) -> None:
        """Put findings, previews and advice on a card, for what is typed or saved."""
        form = card.form
        if form.is_bound:
            form.is_valid()
            values = {name: form.cleaned_data.get(name, "") for name in ("title", "summary", "text", "link")}
            assets = form.in_order() if "assets" in form.cleaned_data else []
            extras = form.extras
        elif form.variant is not None:
            variant = form.variant
            values = {name: getattr(variant, name) for name in ("title", "summary", "text", "link")}
            assets = [row.asset for row in variant.media.all()]
            extras = variant.extras
        else:
            return
        if not any(values.values()) and not extras:
            return
        body = self._organisation()
        draft = Draft(
            kind=card.kind,
            organisation_id=body.pk if body else None,
            organisation_name=body.name if body else "",
            place_path=body.place.path if body else "",
            verify_code=self.post.verify_code if self.post else "",
            extras=extras,
            **{name: value or "" for name, value in values.items()},
        )
        card.findings = findings_of_draft(draft, assets)
        card.preview = preview_of(draft)
        card.extras_shown = shown(card.kind, extras)
        spread = moments_of([form.slot for form in card.slots])
        said = said_about([form.slot for form in card.slots if form.slot.channel and not form.fixed])
        for slot_form in card.slots:
            moved = sentence_of(slot_form.slot, spread[slot_form.slot.pk])
            slot_form.spread = moved
            if slot_form.slot.channel is not None and not slot_form.fixed:
                slot_form.advice = advice_for(
                    slot_form.slot.variant, slot_form.slot.channel, slot_form.slot.at, slot_form.slot
                ) + said.get(slot_form.slot.pk, [])

    # ------------------------------------------------------------------------------------------ saving
    def save(self) -> Post:
        """Save everything or nothing. Raises Refused; the sentences then stand on the forms.

        Texts go first, because a slot needs its text; a time that was not touched is left alone, also when it has
        passed meanwhile."""
        if not self._all_valid():
            raise Refused
        try:
            with transaction.atomic():
                post = self._save_texts()
                for card in self.cards:
                    self._save_times(card, post)
                if any(form.errors for card in self.cards for form in card.forms):
                    raise Refused
        except (NotAllowed, ConflictingState) as refusal:
            self.blocked = refusal.sentence
            raise Refused from refusal
        return post

    def _all_valid(self) -> bool:
        forms = [self.form, *(form for card in self.cards for form in card.forms)]
        valid = [form.is_valid() for form in forms]
        if not all(valid):
            return False
        for card in self.cards:
            wanted = any(form.cleaned_data.get("on") for form in card.channels) or any(
                form.cleaned_data.get("place") for form in card.stations
            )
            if wanted and not card.form.has_content:
                card.form.add_error(
                    "text",
                    _("Bạn đã chọn kênh nhưng chưa viết nội dung cho %(kind)s.") % {"kind": card.form.label},
                )
                return False
        return True

    def _save_texts(self) -> Post:
        texts = [card.form.variant_text() for card in self.cards if card.form.has_content]
        # Slots that are to go are taken out before their text may be removed.
        for card in self.cards:
            for form in card.slots:
                if form.cleaned_data.get("remove") and not form.fixed:
                    take_out_slot(form.slot, self.user)
        try:
            if self.post is None:
                return create_post(
                    self.form.cleaned_data["organisation"],
                    self.form.cleaned_data["campaign"],
                    self.form.cleaned_data["title"],
                    texts,
                    self.user,
                )
            return edit_post(
                self.post,
                self.user,
                title=self.form.cleaned_data["title"],
                campaign=self.form.cleaned_data["campaign"],
                variants=texts,
            )
        except InputRefused as refusal:
            self._place(refusal)
            raise Refused from refusal

    def _place(self, refusal: InputRefused) -> None:
        for card in self.cards:
            prefix, _dash, name = (refusal.field or "").rpartition("-")
            if prefix == card.kind and name in card.form.fields:
                card.form.add_error(name, refusal.sentence)
                return
        self.form.add_error(refusal.field if refusal.field in self.form.fields else None, refusal.sentence)

    def _save_times(self, card: Card, post: Post) -> None:
        variant = post.variants.filter(kind=card.kind).first()
        for form in card.slots:
            if form.fixed or form.cleaned_data.get("remove"):
                continue
            if form.cleaned_data["at"] != form.slot.at.replace(second=0, microsecond=0):
                self._try(form, "at", move_slot, form.slot, form.cleaned_data["at"], self.user)
            self._try(form, "late_rule", set_lateness, form.slot, self.user, **form.lateness)
        if variant is None:
            return
        wanted: list[tuple[Any, dict[str, Any]]] = [
            (tick, {"channel": tick.channel, **tick.lateness})
            for tick in card.channels
            if tick.cleaned_data.get("on")
        ]
        wanted += [
            (row, {"stations_of": row.cleaned_data["place"], **row.lateness})
            for row in card.stations
            if row.cleaned_data.get("place")
        ]
        for asked, target in wanted:
            self._try(asked, "at", plan_slot, variant, asked.cleaned_data["at"], self.user, **target)

    @staticmethod
    def _try(form: Any, field: str, verb: Any, *args: Any, **kwargs: Any) -> None:
        try:
            verb(*args, **kwargs)
        except InputRefused as refusal:
            form.add_error(
                "on" if refusal.field == "channel" and "on" in form.fields else field, refusal.sentence
            )
        except NotAllowed as refusal:
            form.add_error(field, refusal.sentence)


def preview_of(draft: Draft) -> Preview:
    """Return how the draft will look or sound; the text as it is where nobody plugged in."""
    show = sockets.previews.get(draft.kind)
    return show(draft) if show else Preview(text=draft.text, closing=closing_of(draft))
