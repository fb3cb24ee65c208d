"""A second factor for everybody who works in the admin, and the language a person chose."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.utils import translation


class SecondFactorMiddleware:
    """Sends a signed-in person without a second factor to enrol one before any admin page opens.

    allauth itself asks enrolled people at sign-in; this closes the gap for those who have none yet. The training
    switch (`TRAINING_MODE`, never in production: core.E001) lifts it, and a banner on every page says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_enrol(request):
            return redirect("mfa_index")
        return self.get_response(request)

    def _must_enrol(self, request: HttpRequest) -> bool:
        if (
            settings.TRAINING_MODE
            or not request.path.startswith("/admin/")
            or not request.user.is_authenticated
        ):
            return False
        # Asked anew for every page: remembered in the session, a factor that was taken away would still count.
        return not Authenticator.objects.filter(
            user=request.user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        ).exists()


class ChosenLanguageMiddleware(LocaleMiddleware):
    """Vietnamese, unless this browser was told otherwise with the language switch.

    What a browser happens to accept says nothing in a country where many are installed in English."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
