"""A deed that may be refused; the refusal's sentence goes back to where the deed came from."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest

from constancia.apps.register.views.errors import say
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotFound
from constancia.infra.spoken import language


def done(form: Form, deed: Callable[[], object]) -> bool:
    """Whether the deed was done; if not, why stands above the form."""
    try:
        deed()
    except (InputRefused, NotFound) as error:
        say(form, error)
        return False
    return True


def told(request: HttpRequest, deed: Callable[[], object], success: str) -> bool:
    """Does it and tells the outcome on the next page."""
    try:
        deed()
    except (InputRefused, NotFound) as error:
        messages.error(request, explain(error, language()))
        return False
    messages.success(request, success)
    return True
