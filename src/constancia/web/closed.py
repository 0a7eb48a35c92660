"""A closed register answers nothing but that it is closed, whoever asks for whatever.

`constancia lock` ends the site that `constancia serve` started. A process that some other server started is
known to nobody: it sees at its next request that the register was closed, says so, and ends with its key.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from constancia.apps.upkeep import services
from constancia.domain.language import language
from constancia.infra import modes, unlocked

Respond = Callable[[HttpRequest], HttpResponse]


class ClosedIsClosed:
    """Stands before sessions and accounts: the answer depends on the language chosen and on nothing else."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_closed():
            return self.get_response(request)
        services.end_soon()
        return closed(request)


def is_closed() -> bool:
    return unlocked.is_unlocked() and modes.state(unlocked.home()).mode is modes.Mode.CLOSED


def closed(request: HttpRequest) -> HttpResponse:
    """The one page of a closed register. A page that is already open is sent to it."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": "/"})
    spoken = language(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or settings.LANGUAGE_CODE)
    with override(spoken):
        answer = render(None, "web/closed.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Content-Language"] = spoken
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer
