"""The OA itself: getoa."""

from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import ZALO, operation
from publishers.sandbox.world import World
from publishers.sandbox.zalo.callers import caller, check_query
from publishers.sandbox.zalo.envelope import success


@operation(ZALO, "oa.getoa", "GET", "/zalo/v2.0/oa/getoa")
def getoa(world: World, request: Request) -> Reply:
    """Name, verification, package and followers of the OA."""
    token = caller(world, request)
    check_query(world, request)
    oa = world.register.settings(ZALO, "oa", token.account)
    return success(
        {"oaid": token.account, "oa_id": token.account, "name": oa["name"], "description": "", "is_verified": oa["is_verified"],
         "oa_type": 2, "cate_name": "Cơ quan nhà nước", "num_follower": oa["followers"], "avatar": "", "cover": "",
         "package_name": oa["package_name"], "package_valid_through_date": oa["package_valid_through_date"],
         "package_auto_renew_date": "", "linked_ZCA": ""}
    )  # fmt: skip
