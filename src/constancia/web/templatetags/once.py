"""`{% csrf_token %}` as Django has it, with a random key beside it: a form sent twice is recorded once."""

from __future__ import annotations

import secrets

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

FIELD = "envio"

register = template.Library()


class TokenAndKey(CsrfTokenNode):
    """Both hidden fields. A page without a token (there is no request) has no key either."""

    def render(self, context: template.Context) -> SafeString:
        token = super().render(context)
        if not token:
            return SafeString("")
        key = format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(12))
        return SafeString(token + key)


@register.tag("csrf_token")
def csrf_token(parser: template.base.Parser, token: template.base.Token) -> TokenAndKey:
    return TokenAndKey()
