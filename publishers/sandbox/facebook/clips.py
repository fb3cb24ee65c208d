"""The video object of a Page: its steps from upload to published, told by the clock alone."""

from typing import Any

from publishers.sandbox.clock import graph_time
from publishers.sandbox.facebook import posts
from publishers.sandbox.media import recognise
from publishers.sandbox.routing import FACEBOOK
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World


def new_clip(world: World, page: str, app: str, *, reel: bool, size: int, fate: dict[str, Any]) -> Thing:
    """A video that has an id but no bytes yet; invisible."""
    id_ = world.ids.number("video", page)
    data = {
        "media": id_, "reel": reel, "size": size, "received": 0, "session": "", "finished_at": 0.0, "title": "",
        "description": "", "state": "DRAFT", "scheduled_at": 0.0, "post_id": "", "error": "", "app": app,
        "expired": False, "fate": fate, "uploaded": False,
    }  # fmt: skip
    return world.store.put(Thing(id_, FACEBOOK, "video", page, world.now(), data))


def finish(world: World, clip: Thing, *, state: str, title: str, description: str, scheduled_at: float, fate: dict[str, Any]
           ) -> None:  # fmt: skip
    """All bytes are here and the caller wants PUBLISHED, SCHEDULED or DRAFT: processing starts now."""
    now = world.now()
    page = world.register.settings(FACEBOOK, "page", clip.account)
    clip.data["fate"] = plan = {**clip.data["fate"], **fate}
    with world.media.path(clip.data["media"]).open("rb") as source:
        known = recognise(source.read(64)).startswith("video/")
    broken = plan.get("processing") == "error" or not known
    ready = now + float(plan.get("processing_seconds", page["processing_seconds"]))
    world.media.describe(clip.data["media"], FACEBOOK, clip.account, now)
    clip.data.update(
        state=state, title=title, description=description, scheduled_at=scheduled_at, finished_at=now, ready_at=ready,
        publish_at=max(scheduled_at, ready + float(plan.get("publish_delay_seconds", page["publish_delay_seconds"]))),
        error="The video file could not be processed." if broken else "",
    )  # fmt: skip
    world.store.put(clip)
    if state != "DRAFT" and not broken:
        if clip.data["publish_at"] <= now:
            ripen_clip(world, clip)
        else:
            world.store.remind(clip.id, FACEBOOK, clip.data["publish_at"])


def ripen_clip(world: World, clip: Thing) -> None:
    """Publishing is complete: the post exists and citizens see it."""
    if clip.data["post_id"] or clip.data["state"] == "DRAFT":
        return
    serial = world.ids.number("post", clip.account)
    clip.data.update(state="PUBLISHED", post_id=f"{clip.account}_{serial}")
    world.store.put(clip)
    posts.new_post(
        world, clip.account, clip.data["app"], serial=serial, fate=clip.data["fate"], message=clip.data["description"],
        video=clip.id, title=clip.data["title"], kind="reel" if clip.data["reel"] else "video",
    )  # fmt: skip


def rewrite(world: World, clip: Thing, changes: dict[str, str]) -> None:
    """New title or description, on the video and on its post."""
    clip.data.update(changes)
    world.store.put(clip)
    post = world.store.get(FACEBOOK, clip.data["post_id"], "post") if clip.data["post_id"] else None
    if post is not None:
        post.data.update(message=clip.data["description"], title=clip.data["title"], updated=world.now())
        posts.refresh(world, post)


def node(world: World, clip: Thing, base: str) -> dict[str, Any]:
    """Every field of a video that the Graph API would give."""
    data, now = clip.data, world.now()
    page = world.register.settings(FACEBOOK, "page", clip.account)
    delay = float(data["fate"].get("post_id_delay_seconds", page["post_id_delay_seconds"]))
    told = data["post_id"] and now >= data["publish_at"] + delay
    return {
        "id": clip.id, "title": data["title"] or None, "description": data["description"] or None,
        "created_time": graph_time(clip.created), "updated_time": graph_time(clip.created),
        "from": {"id": clip.account, "name": page["name"]}, "length": None if not data["finished_at"] else 0.0,
        "published": bool(data["post_id"]), "post_id": data["post_id"].split("_")[1] if told else None,
        "permalink_url": _path(clip), "status": status(clip, now), "source": f"{base}/__sandbox/media/{data['media']}",
        "scheduled_publish_time": int(data["scheduled_at"]) or None,
    }  # fmt: skip


def _path(clip: Thing) -> str:
    return f"/reel/{clip.id}/" if clip.data["reel"] else f"/{clip.account}/videos/{clip.id}/"


def status(clip: Thing, now: float) -> dict[str, Any]:
    """The three phases and the summary word, as of ``now``."""
    data = clip.data
    uploaded = data["uploaded"]
    uploading: dict[str, Any] = {"status": "complete" if uploaded else "in_progress" if data["received"] else "not_started",
                                 "bytes_transfered": data["received"], "source_file_size": data["size"]}  # fmt: skip
    processing: dict[str, Any] = {"status": "not_started"}
    publishing: dict[str, Any] = {"status": "not_started"}
    word = "expired" if data["expired"] else "uploading" if not uploaded else "upload_complete"
    if data["finished_at"]:
        word, processing["status"] = "processing", "in_progress"
        if now >= data["ready_at"]:
            if data["error"]:
                processing.update(status="error", error={"message": data["error"]})
                word = "error"
            else:
                processing["status"], word = "complete", "ready"
                publishing = _publishing(data)
    return {"video_status": word, "uploading_phase": uploading, "processing_phase": processing,
            "publishing_phase": publishing}  # fmt: skip


def _publishing(data: dict[str, Any]) -> dict[str, Any]:
    if data["post_id"]:
        return {
            "status": "complete",
            "publish_status": "published",
            "publishing_time": graph_time(data["publish_at"]),
        }
    if data["state"] == "SCHEDULED":
        return {"status": "not_started", "publish_status": "scheduled"}
    return {"status": "not_started" if data["state"] == "DRAFT" else "in_progress", "publish_status": "draft"}
