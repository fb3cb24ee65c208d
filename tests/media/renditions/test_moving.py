from dataclasses import replace

import pytest
from PIL import Image

from media.renditions.captions import read_srt
from media.renditions.encoder import run_ffmpeg
from media.renditions.errors import EncodingFailed, EncodingTimedOut, IncompleteContent, TextDoesNotFit
from media.renditions.moving import clip_cues, draw_contact_sheet, draw_poster, make_clip, narrate
from media.renditions.palette import Tone, palette_for
from media.renditions.plan import total
from media.renditions.probing import probe
from media.renditions.recipes import CLIPS, ClipRecipe
from media.renditions.scenery import paint_caption, paint_scene
from media.renditions.scenes import Scene, SceneKind, storyboard
from media.renditions.sound import LOUDNESS, can_speak, loudness_of

TINY = ClipRecipe("tiny", "video thử", 320, 180, fps=10, preset="ultrafast")
SCENES = (
    Scene(SceneKind.TITLE, "Nộp hồ sơ", seconds=1.4, caption="Nộp hồ sơ trực tuyến."),
    Scene(SceneKind.STEP, "Điền tờ khai", icon="document", number=1, position=1, count=1, seconds=1.4),
    Scene(SceneKind.END, "Gọi 1800 0000", seconds=1.2, caption="Gọi 1800 0000."),
)


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clip")
    heard = []
    made = make_clip(
        SCENES, TINY, folder / "a.mp4", captions=folder / "a.srt", progress=heard.append, timeout=60
    )
    return made, heard


def _frame(path, second, folder):
    out = folder / "frame.png"
    run_ffmpeg(["-y", "-ss", str(second), "-i", path, "-frames:v", "1", out], timeout=20)
    with Image.open(out) as picture:
        return picture.convert("RGB")


def test_clip_has_the_recipe_s_size_rate_and_codecs(clip):
    made, _ = clip
    facts = probe(made.path)
    assert (facts.width, facts.height, facts.fps) == (320, 180, 10.0)
    assert facts.duration == pytest.approx(total([1.4, 1.4, 1.2]), abs=0.11)
    assert facts.codecs == ("h264", "aac")
    assert made.duration == 3.0


def test_index_stands_in_front_of_the_pictures(clip):
    data = clip[0].path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_clip_is_as_loud_as_promised(clip):
    assert loudness_of(clip[0].path).integrated == pytest.approx(LOUDNESS, abs=1.0)


def test_progress_ends_with_the_whole_and_nothing_is_left_beside_the_files(clip):
    made, heard = clip
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert sorted(path.name for path in made.path.parent.iterdir()) == ["a.mp4", "a.srt", "a.vtt"]


def test_caption_file_tells_what_is_burnt_in(clip):
    made, _ = clip
    cues = read_srt(made.captions[0].read_text(encoding="utf-8"))
    assert [cue.text for cue in cues] == ["Nộp hồ sơ trực tuyến.", "Gọi 1800 0000."]
    assert cues == made.cues == clip_cues(SCENES)


def test_burnt_in_caption_is_seen_only_in_its_time(clip, tmp_path):
    made, _ = clip
    box = paint_caption(made.cues[0], TINY)
    middle = (box.x + 4, box.y + box.picture.height // 2)
    assert max(_frame(made.path, 0.8, tmp_path).getpixel(middle)) < 60
    assert min(_frame(made.path, 1.6, tmp_path).getpixel((middle[0] + 20, middle[1]))) > 60


def test_same_scenes_give_the_same_bytes(clip, tmp_path):
    again = make_clip(SCENES, TINY, tmp_path / "b.mp4", timeout=60)
    assert again.sha256 == clip[0].sha256
    assert again.path.read_bytes() == clip[0].path.read_bytes()
    assert again.captions == ()


def test_stopped_encoding_leaves_nothing(tmp_path):
    with pytest.raises(EncodingTimedOut):
        make_clip(
            SCENES, replace(TINY, width=1280, height=720, preset="veryslow"), tmp_path / "a.mp4", timeout=0.2
        )
    assert list(tmp_path.iterdir()) == []


def test_cancelled_encoding_leaves_nothing(tmp_path):
    class Cancelled(Exception):
        pass

    def listener(share):
        if share >= 0.1:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_clip(SCENES, TINY, tmp_path / "a.mp4", captions=tmp_path / "a.srt", progress=listener)
    assert list(tmp_path.iterdir()) == []


def test_unreadable_narration_leaves_nothing_but_itself(tmp_path):
    (tmp_path / "voice.mp3").write_text("không phải âm thanh", encoding="utf-8")
    with pytest.raises(EncodingFailed, match="Tệp âm thanh không đọc được"):
        make_clip(SCENES, TINY, tmp_path / "a.mp4", narration=tmp_path / "voice.mp3")
    assert [path.name for path in tmp_path.iterdir()] == ["voice.mp3"]


@pytest.mark.parametrize(
    ("scenes", "sentence"),
    [
        ((), "Video cần từ 1 đến 12 cảnh, hiện có 0."),
        ((replace(SCENES[0], seconds=1.0),), "Mỗi cảnh cần dài hơn 1 giây."),
        (tuple(replace(SCENES[0], seconds=60.0) for _ in range(4)), "Video dài 238 giây, vượt mức 180 giây."),
    ],
)
def test_impossible_scenes_are_refused(tmp_path, scenes, sentence):
    with pytest.raises(IncompleteContent) as caught:
        make_clip(scenes, TINY, tmp_path / "a.mp4")
    assert str(caught.value) == sentence


@pytest.mark.skipif(not can_speak(), reason="espeak-ng is not installed")
def test_narrated_clip_gives_the_voice_its_time_and_is_labelled_in_picture_and_file(tmp_path):
    spoken = (replace(SCENES[0], spoken="Bà con có thể nộp hồ sơ trực tuyến ngay tại nhà."), SCENES[2])
    narration = narrate(spoken, tmp_path / "voice.wav")
    assert narration.scenes[0].seconds > spoken[0].seconds
    assert narration.label == "giọng máy"
    made = make_clip(narration.scenes, TINY, tmp_path / "a.mp4", narration=narration.path, machine_voice=True)
    assert made.machine_voice
    assert "giọng máy".encode() in made.path.read_bytes()
    labelled = _frame(made.path, 1.5, tmp_path)
    bare = _frame(make_clip(narration.scenes, TINY, tmp_path / "b.mp4").path, 1.5, tmp_path)
    corner = (262, 8, 312, 14)
    assert sum(labelled.crop(corner).convert("L").histogram()[:40]) > sum(
        bare.crop(corner).convert("L").histogram()[:40]
    )


@pytest.mark.parametrize("recipe", CLIPS.values(), ids=CLIPS)
def test_every_scene_of_a_storyboard_fits_every_shape_above_its_captions(guide, recipe):
    for scene in storyboard(guide, 30):
        scenery = paint_scene(scene, recipe)
        assert scenery.ground.size == (recipe.width * 3 // 2, recipe.height * 3 // 2)
        for layer in scenery.layers:
            assert layer.x % 2 == layer.y % 2 == 0
            assert layer.x + layer.picture.width <= recipe.width
            assert layer.y + layer.picture.height <= recipe.height
    cues = clip_cues(storyboard(guide, 30))
    for cue in cues:
        layer = paint_caption(cue, recipe)
        assert layer.x >= 0
        assert layer.y + layer.picture.height < recipe.height


def test_scene_with_endless_words_is_refused():
    with pytest.raises(TextDoesNotFit):
        paint_scene(Scene(SceneKind.STEP, "Điền tờ khai", text="Bà con chú ý. " * 40), TINY)


def test_poster_and_contact_sheet_show_the_scenes(tmp_path):
    with Image.open(draw_poster(SCENES, TINY, tmp_path / "p.jpg", at=0.9)) as poster:
        assert poster.size == (320, 180)
        pixel = poster.getpixel((4, 4))
    primary = palette_for(Tone.GUIDE).primary
    assert max(abs(a - b) for a, b in zip(pixel, primary, strict=True)) < 24
    with Image.open(draw_contact_sheet(SCENES, TINY, tmp_path / "c.jpg")) as sheet:
        assert sheet.width == 3 * 426 + 4 * 8
