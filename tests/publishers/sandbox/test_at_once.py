"""Many callers at the same moment."""

from concurrent.futures import ThreadPoolExecutor

from tests.publishers.sandbox.imitated import FacebookPage, ZaloAccount
from tests.publishers.sandbox.wire import Caller


def test_sixteen_callers_lose_and_double_nothing(sandbox: Caller, fb_page: FacebookPage) -> None:
    with ThreadPoolExecutor(16) as pool:
        ids = list(pool.map(lambda n: fb_page.post("feed", message=f"Bài {n}").json["id"], range(160)))
    assert len(set(ids)) == 160
    assert sorted(row["object_id"] for row in sandbox.live()) == sorted(ids)
    assert [row["seq"] for row in sandbox.live()] == list(range(1, 161))


def test_one_refresh_token_used_by_ten_gives_one_pair(sandbox: Caller, oa: ZaloAccount) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: oa.refresh("lam-moi-oa-1").json, range(10)))
    won = [answer for answer in answers if "access_token" in answer]
    assert len(won) == 1
    assert {answer["error"] for answer in answers if answer not in won} == {-14020}
    oa.token = won[0]["access_token"]
    assert oa.get("oa/getoa").json["error"] == 0


def test_a_stalled_call_delays_nobody_else(sandbox: Caller, fb_page: FacebookPage) -> None:
    sandbox.rule(platform="facebook", op="feed.create", match="Chờ", action="delay", seconds=1.5)
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(fb_page.post, "feed", message="Chờ")
        quick = [fb_page.post("feed", message=f"Nhanh {n}").status for n in range(5)]
        assert quick == [200] * 5
        assert not slow.done()
        assert slow.result().status == 200
    assert [row["text"] for row in sandbox.effects()][-1] == "Chờ"


def test_refresh_of_one_account_leaves_the_other_alone(sandbox: Caller, oa: ZaloAccount) -> None:
    other = ZaloAccount.register(sandbox, id="4000000000000000002", token="oa-2")
    oa.refresh("lam-moi-oa-1")
    assert other.get("oa/getoa").json["error"] == 0
