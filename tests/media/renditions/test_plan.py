import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.renditions.plan import Entrance, LayerPlan, Overlay, ScenePlan, filtergraph, starts, total
from media.renditions.recipes import CLIP_WIDE


def test_scenes_overlap_by_the_crossfade():
    assert starts([4.0, 3.0, 5.0]) == (0.0, 3.5, 6.0)
    assert total([4.0, 3.0, 5.0]) == 11.0


@given(st.lists(st.floats(1.1, 60), min_size=1, max_size=12))
def test_last_scene_ends_with_the_clip(seconds):
    assert starts(seconds)[-1] + seconds[-1] == pytest.approx(total(seconds), abs=0.002)


@pytest.mark.parametrize("seconds", [[], [4.0, 1.0]])
def test_scene_that_is_all_crossfade_is_refused(seconds):
    with pytest.raises(ValueError, match="outlast"):
        total(seconds)


def test_graph_of_two_scenes_is_exact():
    layer = LayerPlan(1, 10, 20, Entrance.RISE, 0.2)
    graph = filtergraph(
        CLIP_WIDE,
        [ScenePlan(0, (layer,), 3.0), ScenePlan(2, (LayerPlan(3, 0, 0),), 3.0)],
        [Overlay(4, 100, 600, 0.3, 2.5)],
    )
    assert graph.split(";") == [
        "[0:v]zoompan=z='1+0.08*on/75':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d=75:s=1280x720:fps=25,format=yuv420p[g0]",
        "[1:v]format=yuva420p,loop=loop=21:size=1:start=0,setpts=N/25/TB,fade=t=in:st=0.200:d=0.55:alpha=1[l0_0]",
        "[g0][l0_0]overlay=x='10':y='20+43*pow(1-clip((t-0.200)/0.55,0,1),3)':format=yuv420:eval=frame:"
        "eof_action=repeat[o0_0]",
        "[o0_0]settb=AVTB,fps=25[s0]",
        "[2:v]zoompan=z='1.08-0.08*on/75':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d=75:s=1280x720:fps=25,"
        "format=yuv420p[g1]",
        "[3:v]format=yuva420p[l1_0]",
        "[g1][l1_0]overlay=x='0':y='0':format=yuv420:eval=frame:eof_action=repeat[o1_0]",
        "[o1_0]settb=AVTB,fps=25[s1]",
        "[s0][s1]xfade=transition=fade:duration=0.5:offset=2.500[x1]",
        "[x1][4:v]overlay=x=100:y=600:format=yuv420:enable='gte(t,0.300)*lt(t,2.500)'[c0]",
        "[c0]format=yuv420p[video]",
    ]
