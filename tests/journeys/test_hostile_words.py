"""Markup, templates, turned writing and odd Unicode in every text of the house: shown as words, never run."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.db.models import CharField, JSONField, Model, TextField
from django.test import Client

from campaigns.posts.models import Post
from campaigns.schedule.models import Slot, SlotState
from cms.approvals import services as approvals
from cms.core import clock
from cms.core.models import NFCCharField, NFCTextField
from publishers.scripts.models import ScriptVersion
from publishers.scripts.services import render_for_stations
from tests.cms.access.addresses import Arguments, filled, known_addresses
from tests.cms.access.neighbours import Neighbours, scoped_models, settle
from tests.cms.access.test_every_admin_address import neighbour_arguments
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory, approve_post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("training", "kept_folder")]

#: Short enough for the narrowest text column of the house (60 characters).
MARKUP = "\"><img src=x onerror=z7()>'<script>z7()</script>{{7*7}}"
#: What must never stand in a page as it was typed; `z7()` may, inside words that are shown.
RUNNING = re.compile(r"<img src=x|<script>z7|<svg onload", re.I)
#: Columns that are no words of people: keys, codes, addresses, names of files.
NO_WORDS = {
    "slug",
    "code",
    "verify_code",
    "external_id",
    "path",
    "public_id",
    "token",
    "sort_name",
    "search_text",
}

WITHOUT_WORDS = {"accounts.membership", "programmes.programme"}
#: Web addresses, phone numbers, codes, hashes and file names are written in ASCII; sealed values are kept as given.
ASCII = {
    "channels.channel.recovery_contact",
    "connections.platformapp.app_id",
    "connections.platformapp.secret",
    "library.asset.procedure_code",
    "localisations.localisation.language",
    "programmes.localnotice.approved_hash",
    "scripts.recordedreading.body_sha256",
    "scripts.recordedreading.file",
    "scripts.recordedreading.sha256",
    "channels.channel.address",
    "library.asset.language",
    "organisations.organisation.hotline",
    "stations.station.hotline",
}


def word_columns(model: type[Model]) -> list[str]:
    """Return the columns of `model` that people write words into."""
    found = []
    for field in model._meta.concrete_fields:
        words = isinstance(field, (CharField, TextField)) and not isinstance(field, JSONField)
        if words and not field.choices and not field.unique and field.editable and field.name not in NO_WORDS:
            found.append(field.name)
    return found


def poison(row: Model, words: str) -> list[str]:
    """Write `words` into every column of `row` that holds words, past every form."""
    names = [
        name
        for name in word_columns(type(row))
        if type(row)._meta.get_field(name).max_length is None
        or type(row)._meta.get_field(name).max_length >= len(words) + 8
    ]
    type(row)._base_manager.filter(pk=row.pk).update(
        **{name: f"{words} {row.pk}" for name in names if name != "body"}
    )
    return names


@pytest.fixture
def poisoned(db, monkeypatch) -> Neighbours:
    monkeypatch.setattr("cms.channels.sockets.channel_readiness", [])
    world = settle()
    for label, row in world.own.rows.items():
        assert poison(row, MARKUP) or label in WITHOUT_WORDS, f"{label}: no column for words"
        row.refresh_from_db()
        if hasattr(row, "body") and label == "library.asset":
            row.body = [("heading", MARKUP), ("steps", [MARKUP]), ("warning", MARKUP)]
            row.save()
        if label != "posts.post" and hasattr(
            row, "save_revision"
        ):  # posts are saved for real, without revisions
            row.save_revision(changed=True, log_action=True)
    poison(world.own.body, MARKUP)
    poison(world.person, MARKUP)
    world.person.refresh_from_db()
    return world


def bad(answer) -> str:
    if "html" not in answer.get("Content-Type", "html") and "json" not in answer.get("Content-Type", ""):
        return ""
    body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(
        errors="replace"
    )
    if "json" in answer.get("Content-Type", ""):
        # Of an answer to a script only what it puts into the page as markup counts.
        told = json.loads(body)
        body = str(told.get("html", "")) if isinstance(told, dict) else ""
    found = RUNNING.search(body)
    return found[0] if found else ""


def test_no_admin_page_runs_what_somebody_typed(poisoned):
    browser = Client(raise_request_exception=False)
    browser.force_login(poisoned.person)
    own = Arguments(poisoned.own, neighbour_arguments(poisoned).other_ids)
    faults, shown, broken = [], 0, []
    for known in known_addresses("admin/", "tep/"):
        if "logout" in known.route:
            continue
        label = known.model._meta.label_lower if known.model in scoped_models() else ""
        if known.names and not label:
            continue
        for address in filled(known, own):
            answer = browser.get(address)
            if answer.status_code == 500:
                broken.append(address)
            if answer.status_code != 200:
                continue
            found = bad(answer)
            if found:
                faults.append(f"{address}: {found}")
            elif answer.get("Content-Type", "").startswith("text/html"):
                text = answer.content.decode(errors="replace")
                shown += html.escape("<script>z7()") in text or "\\u003cscript\\u003ez7()" in text.lower()
                if "{{7*7}}" not in text and "49" in re.findall(r">\s*(49)\s*<", text):
                    faults.append(f"{address}: a template was run")
    assert not faults, "\n".join(faults)
    assert not broken, "\n".join(broken)
    assert shown > 25


def test_no_public_page_runs_what_somebody_typed(poisoned, client):
    asset = poisoned.own.rows["library.asset"]
    type(asset).objects.filter(pk=asset.pk).update(sharing="cong-khai", live=True)
    campaign = poisoned.own.rows["planning.campaign"]
    post = PostFactory(organisation=poisoned.own.body, campaign=campaign, title=MARKUP)
    words = MARKUP.replace("{{7*7}}", "")
    Post.objects.filter(pk=post.pk).update(title=words)
    slot = SlotFactory(
        variant=VariantFactory(post=post, title=words, text=f'{words}\nhttp://x.example/"onmouseover=z7()')
    )
    approve_post(Post.objects.get(pk=post.pk))
    Slot.objects.filter(pk=slot.pk).update(state=SlotState.DONE)
    post.refresh_from_db()
    verdicts = [f"/xac-minh/{post.verify_code}/"]
    with time_machine.travel(slot.at + timedelta(hours=1), tick=False):
        assert "z7()" in client.get(verdicts[0]).content.decode()
        approvals.void(Post.objects.get(pk=post.pk), MARKUP)
        assert "z7()" in client.get(verdicts[0]).content.decode()
    station = poisoned.own.rows["stations.station"]
    base = f"/tep/{asset.public_id}/"
    for address in (
        *verdicts,
        "/",
        "/dai/",
        f"/dai/?q={MARKUP}",
        f"/dai/{station.slug}/",
        base,
        f"/xac-minh/?ma={MARKUP}",
    ):
        answer = client.get(address, follow=True)
        assert not bad(answer), address
        assert answer.status_code in (200, 404)
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_a_spoken_script_with_markup_is_words_on_every_page(poisoned, client):
    station = poisoned.other.rows["stations.station"]
    variant = VariantFactory(loudspeaker=True, post=poisoned.other.rows["posts.post"])
    slot = SlotFactory(
        variant=variant, channel=None, stations_of=station.place, at=clock.now() + timedelta(hours=2)
    )
    wanted = {"text": "Kính thưa bà con. Xin cảm ơn.", "title": "Bản tin mẫu", "approval_hash": "a" * 64}
    (rendered,) = render_for_stations(slot, [station.pk], wanted, clock.now())
    assert rendered.held == ""
    poison(station, MARKUP)
    script = ScriptVersion.objects.select_related("station").get(pk=rendered.script_version_id)
    # Past the composer, which takes markup for broken text: the page must not lean on it.
    ScriptVersion.objects.filter(pk=script.pk).update(title=MARKUP, issuer=MARKUP)
    page = script.get_absolute_url()
    for address in (page, f"/dai/{station.slug}/", f"/xac-minh/{script.code}/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert not bad(answer), address


def test_every_column_that_people_write_into_composes_its_text():
    composed = (NFCCharField, NFCTextField)
    loose = [
        f"{model._meta.label_lower}.{name}"
        for model in scoped_models()
        for name in word_columns(model)
        if not isinstance(model._meta.get_field(name), composed) and name not in ("body", "latest_revision")
    ]
    assert sorted(set(loose) - ASCII) == []
