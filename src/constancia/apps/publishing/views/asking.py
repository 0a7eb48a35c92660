"""What an address asks of a preview, and where its stylesheet is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from constancia.apps.publishing.outputs.files import has_report
from constancia.apps.publishing.outputs.html.pictures import PictureMarkup
from constancia.apps.publishing.presenting import numbers_of
from constancia.apps.publishing.previewing import preview
from constancia.domain.language import Language
from constancia.domain.publishing.content import Content, Erratum
from constancia.infra import spoken


def language_in(request: HttpRequest, content: Content) -> Language:
    """The language asked for, else that of the page; one in which there is an edition."""
    wanted = request.GET.get("lengua") or request.POST.get("lengua") or spoken.language()
    found: Language = next((one for one in content.languages if one == wanted), content.languages[0])
    return found


def seen(
    request: HttpRequest,
    content: Content,
    context: dict[str, Any],
    *,
    draft: bool,
    errata: tuple[Erratum, ...] = (),
    pictures: Callable[[Language], PictureMarkup] | None = None,
) -> HttpResponse:
    """The report of a content: a part of the page for htmx, else a page of its own.

    `context`: `here` (the address of this preview), `back` and `back_words` (the page it belongs to), `query`
    (what else stands in the address). `pictures`: as `previewing.preview` wants them, by language.
    """
    context |= {"languages": content.languages, "draft_seen": draft, "content": content}
    if has_report(content):
        language = language_in(request, content)
        markup = pictures(language) if pictures else None
        context["seen"] = preview(content, language, draft=draft, errata=errata, pictures=markup)
    else:
        context |= numbers_of(content, people=False) | {"numbers_only": True}
    template = "publishing/seen.html" if request.htmx else "publishing/preview.html"  # type: ignore[attr-defined]
    return render(request, template, context)
