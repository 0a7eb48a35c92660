"""The language of a page: the one chosen on the site, else the organisation's. Spanish comes first."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from constancia.domain.language import language

Respond = Callable[[HttpRequest], HttpResponse]


class ChosenLanguage:
    """Follows the cookie of the language switch. What the browser prefers is not asked: on a borrowed
    or second-hand machine it says little about who reads."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or settings.LANGUAGE_CODE
        with translation.override(language(chosen)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language(chosen))
        return response
