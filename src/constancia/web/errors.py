"""Turns the house's own errors into pages: a sentence, the right status, nothing personal."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from constancia.domain.catalogue import explain
from constancia.domain.errors import ConstanciaError, InputRefused, NotAllowed, NotFound, StoreRefused
from constancia.infra.spoken import language
from constancia.web import refusals
from constancia.web.closed import closed
from constancia.web.views import not_there

NOT_NOW = ("store.busy", "store.read_only_mode")
Respond = Callable[[HttpRequest], HttpResponse]


class ErrorsInWords:
    """Answers InputRefused with 400 and its sentence; NotFound and NotAllowed with the same 404.

    A register that somebody else is writing to all the while, or that may only be read, is 503, with its
    sentence.
    Other errors of the house go on to the 500 page, which says their sentence: they are about the deployment.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:  # PostgreSQL takes none; no address of ours has one
            return not_there(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Http404):
            refusals.note(request, "permission")
            return None
        if isinstance(exception, NotFound | NotAllowed):
            refusals.note(request, exception.code)
            return not_there(request)
        if isinstance(exception, InputRefused):
            return render(request, "web/400.html", {"sentence": sentence(exception)}, status=400)
        if isinstance(exception, StoreRefused) and exception.code == "store.closed":
            return closed(request)  # closed while this was being answered
        if isinstance(exception, StoreRefused) and exception.code in NOT_NOW:
            return render(request, "web/400.html", {"sentence": sentence(exception)}, status=503)
        return None


class NothingTooLarge:
    """Refuses what is larger than any form of ours before a byte of it is read."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response
        # Beyond it the handler of uploads would drop the file without a word.
        self._most = settings.FILE_UPLOAD_MAX_MEMORY_SIZE

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced[:20]) > self._most:
            refusal = InputRefused("import.file_too_large", megabytes=self._most // 2**20)
            return render(request, "web/400.html", {"sentence": sentence(refusal)}, status=400)
        return self.get_response(request)


def sentence(error: ConstanciaError) -> str:
    """The error's words in the language of the page."""
    return explain(error, language())
