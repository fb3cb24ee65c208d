"""A session greets once: what belongs to the session is said once, what belongs to an item stays with it."""

from __future__ import annotations

from publishers.programmes.running_order import one_session
from publishers.scripts.blocks import Block, BlockKind, Part, Voice, spoken_text

MUSIC_IN, MUSIC_OUT = Block(BlockKind.CUE, cue="Nhạc hiệu, 10 giây"), Block(BlockKind.CUE, cue="Nhạc kết")


def block(kind: BlockKind, *sentences: str) -> Block:
    return Block(kind, Voice.FEMALE, tuple(((Part(sentence),),) for sentence in sentences))


def bulletin(title: str, issuer: str = "Sở Mẫu") -> tuple[Block, ...]:
    return (
        MUSIC_IN,
        block(BlockKind.OPENING, "Đây là Đài truyền thanh xã Mẫu."),
        block(
            BlockKind.GREETING, "Kính chào bà con!", "Hôm nay là thứ hai.", f"Sau đây là bản tin: {title}."
        ),
        block(BlockKind.CONTENT, f"Nội dung {title}."),
        block(BlockKind.REMINDER, f"Xin nhắc lại {title}."),
        block(BlockKind.CLOSING, f"Bản tin do {issuer} cung cấp đến đây là hết.", "Cảm ơn bà con."),
        MUSIC_OUT,
    )


NOTICE = (
    block(BlockKind.GREETING, "Kính thưa bà con!", "Ủy ban xin thông báo: cắt nước."),
    block(BlockKind.CONTENT, "Thôn hai mất nước."),
    block(BlockKind.CLOSING, "Thông báo của Ủy ban đến đây là hết.", "Cảm ơn bà con."),
)


def told(said) -> str:
    return " ".join(spoken_text(block for body in said for block in body).split())


def test_session_opens_greets_and_thanks_once_and_names_every_issuer():
    said = one_session([bulletin("một", "Sở A"), NOTICE, (), bulletin("hai", "Sở B")])
    assert told(said) == (
        "Đây là Đài truyền thanh xã Mẫu. Kính chào bà con! Hôm nay là thứ hai. Sau đây là bản tin: một. Nội dung một. "
        "Xin nhắc lại một. Bản tin do Sở A cung cấp đến đây là hết. Ủy ban xin thông báo: cắt nước. "
        "Thôn hai mất nước. Thông báo của Ủy ban đến đây là hết. Sau đây là bản tin: hai. Nội dung hai. "
        "Xin nhắc lại hai. Bản tin do Sở B cung cấp đến đây là hết. Cảm ơn bà con."
    )
    assert said[2] == ()
    cues = [block.cue for body in said for block in body if block.cue]
    assert cues == ["Nhạc hiệu, 10 giây", "Nhạc cắt, 5 giây", "Nhạc cắt, 5 giây", "Nhạc kết"]
    voices = [block.voice for body in said for block in body if block.sentences]
    assert voices == [Voice.FEMALE, Voice.MALE] * (len(voices) // 2) + [Voice.FEMALE] * (len(voices) % 2)


def test_session_that_begins_with_a_notice_still_opens_with_the_station():
    said = one_session([NOTICE, bulletin("một")])
    assert told(said).startswith(
        "Đây là Đài truyền thanh xã Mẫu. Kính chào bà con! Hôm nay là thứ hai. Ủy ban xin thông báo: cắt nước."
    )
    assert said[0][-1].cue == "Nhạc cắt, 5 giây"


def test_session_whose_first_item_greets_by_itself_only_says_the_day():
    own = (
        block(BlockKind.GREETING, "Ủy ban xin thông báo: cắt nước."),
        block(BlockKind.CONTENT, "Kính thưa bà con, thôn hai mất nước."),
    )
    assert told(one_session([own, bulletin("một")])).startswith(
        "Đây là Đài truyền thanh xã Mẫu. Hôm nay là thứ hai. Ủy ban xin thông báo: cắt nước. Kính thưa bà con, thôn hai"
    )
    assert told(one_session([bulletin("một"), own])).startswith(
        "Đây là Đài truyền thanh xã Mẫu. Kính chào bà con! Hôm nay là thứ hai. Sau đây là bản tin: một."
    )
    # Without a bulletin nobody says the day.
    assert told(one_session([own, NOTICE])).startswith("Ủy ban xin thông báo: cắt nước. Kính thưa bà con")


def test_single_item_is_read_as_it_was_approved():
    assert one_session([bulletin("một")]) == [bulletin("một")]
    assert one_session([(), NOTICE]) == [(), NOTICE]
    assert one_session([]) == []
