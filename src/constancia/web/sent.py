"""A form sent again, after a cut or by an impatient hand, is answered as the first time and recorded once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from constancia.apps.retries.services import refuse_if_done
from constancia.domain.errors import InputRefused
from constancia.infra import once
from constancia.web.errors import sentence
from constancia.web.templatetags.once import FIELD

HEADER = "Idempotency-Key"
ANSWERS = "sent"
REMEMBERED = 20
"""Answers kept in a session: where each led."""
NOT_SAID = frozenset({"csrfmiddlewaretoken", FIELD})


class SentOnce:
    """Opens a sending (`infra.once`) around what a form or a program with a key asks to be recorded."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = cache(lambda: _said(request))
        key = _key(request, said)
        if key is None:
            return self.get_response(request)
        with once.sending(key, said) as sending:
            response = self._before(request) or self.get_response(request)
        if sending.done and isinstance(response, HttpResponseRedirect):
            _remember(request.session, key, response.url)
        return response

    def _before(self, request: HttpRequest) -> HttpResponse | None:
        try:
            refuse_if_done()
        except once.AlreadyDone as done:
            return self.process_exception(request, done)
        except InputRefused as refusal:
            return render(request, "web/400.html", {"sentence": sentence(refusal)}, status=400)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        sending = once.present()
        if sending is None or not isinstance(exception, once.AlreadyDone):
            return None
        # The session as it is now: whoever was first may have been answered since this request came.
        session: SessionBase = request.session.__class__(request.session.session_key)
        led = dict(session.get(ANSWERS, ())).get(_mark(sending.key))
        if request.headers.get("HX-Request"):
            response = HttpResponse()
            response["HX-Redirect" if led else "HX-Refresh"] = led or "true"
            return response
        if led is not None:
            messages.info(request, _("Ya estaba registrado: no se anotó otra vez."))
            return HttpResponseRedirect(led)
        return render(request, "web/already.html", {"at": exception.at})


def _key(request: HttpRequest, said: Callable[[], bytes]) -> str | None:
    """Who sends, where to, and the key; None for what carries none or comes from nobody signed in."""
    user = getattr(request, "user", None)
    if request.method != "POST" or user is None or not user.is_authenticated:
        return None
    header = request.headers.get(HEADER, "")
    if header and len(header) <= once.LONGEST:
        return json.dumps([user.pk, request.path, "header", header])
    field = str(request.POST.get(FIELD, ""))
    if not field or len(field) > once.LONGEST:
        return None
    # A form that was gone back to, changed and sent again says something new.
    return json.dumps([user.pk, request.path, "form", field, hashlib.sha256(said()).hexdigest()])


def _said(request: HttpRequest) -> bytes:
    """All that the form says, but for its keys."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_SAID)
    files = []
    for name, given in sorted(request.FILES.lists()):
        for file in given:
            file.seek(0)
            files.append((name, file.name, hashlib.sha256(file.read()).hexdigest()))
            file.seek(0)
    return json.dumps([fields, files]).encode()


def _mark(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _remember(session: SessionBase, key: str, led: str) -> None:
    session[ANSWERS] = [*session.get(ANSWERS, ()), (_mark(key), led)][-REMEMBERED:]
