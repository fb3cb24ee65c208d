"""What every public page promises: Vietnamese, the same for everybody, no cookie, and 304 when nothing has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

#: Said beside a 304 too: whoever asks for the version that is served must get an answer either way.
KEPT_ON_NOT_MODIFIED = ("X-Script-SHA256", "Cache-Control", "Content-Language")
OK, PARTIAL, NOT_MODIFIED = 200, 206, 304


def public_page(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """Wrap a view that anybody may read.

    The page is Vietnamese whatever the phone prefers, because it is read aloud to people here. It may be kept and
    shown again only after asking (`no-cache`), so a recall is seen at once; asking costs a 304 without a body. Only
    GET and HEAD are answered."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override("vi"):
            response = view(request, *args, **kwargs)
        # A page in another language of the country says so itself.
        if "Content-Language" not in response.headers:
            response.headers["Content-Language"] = "vi"
        if response.status_code not in (OK, PARTIAL, NOT_MODIFIED):
            patch_cache_control(response, no_store=True)
            return response
        patch_cache_control(response, public=True, no_cache=True)
        if "ETag" in response.headers:
            # A file that has its content for a name has answered the question already.
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response.headers["ETag"] = etag
        answer = get_conditional_response(request, etag=etag, response=response)
        for header in KEPT_ON_NOT_MODIFIED:
            if answer is not None and header in response.headers:
                answer.headers[header] = response.headers[header]
        return answer if answer is not None else response

    return wrapped
