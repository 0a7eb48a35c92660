"""Puts an error's sentence above the form that caused it."""

from __future__ import annotations

from django.forms import Form

from constancia.domain.catalogue import explain
from constancia.domain.errors import ConstanciaError
from constancia.infra.spoken import language


def say(form: Form, error: ConstanciaError, field: str | None = None) -> None:
    """Adds the sentence to `field` if the form has it, else to the whole form."""
    form.add_error(field if field in form.fields else None, explain(error, language()))
