"""One text of a report: the editor with its preview, its versions, and the names that can be inserted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.claims.views.doing import told
from constancia.apps.publishing import queries, services
from constancia.apps.publishing.forms import TextForm
from constancia.apps.publishing.presenting import names_by_kind
from constancia.apps.publishing.previewing import Preview, preview
from constancia.apps.register.views.errors import say
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.language import Language
from constancia.domain.publishing.content import Content, TextFile
from constancia.domain.publishing.names import names as names_of
from constancia.domain.publishing.names import printed
from constancia.domain.publishing.plan import FILE
from constancia.infra import spoken

MOST_EDITIONS = 5
"""Editions whose numbers a preview may be read with, the latest."""

_PATH = re.compile(r"informe\.toml|(?:es|en)/[a-z0-9][a-z0-9-]{0,79}\.md")


@requires(Permission.EDITION_WORK)
@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, report: str, text: str) -> HttpResponseBase:
    """The editor of a text. By POST it is kept (`hacer=guardar`, or nothing said), shown without being kept
    (`ver`), or taken out of the report (`quitar`)."""
    user = acting(request)
    texts = queries.report_texts(user, report)
    if not texts or not _PATH.fullmatch(text):
        raise NotFound("edition.no_text")
    now = next((one.text for one in texts if one.path == text), None)
    start = {"text": now or "", "seen": services.digest(now), "base": request.GET.get("base", "")}
    bases = bases_of(user, report)
    doing = request.POST.get("hacer", "guardar")
    if request.method == "POST" and doing == "quitar":
        told(
            request,
            lambda: services.remove_text(user, report, text),
            _("El texto ya no está en el informe. Sus versiones siguen."),
        )
        return redirect("publishing:report", report=report)
    form = TextForm(request.POST or None, bases=bases, initial=start)
    context: dict[str, Any] = {
        "report": report,
        "path": text,
        "bases": bases,
        "here": request.path,
        "alone": True,
    }
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if doing == "ver":
            context["seen"] = _seen(user, report, text, said["text"], said["base"] or _first(bases))
            if request.htmx:  # type: ignore[attr-defined]
                return render(request, "publishing/seen.html", context)
        elif _kept(request, user, report, text, form):
            return redirect(request.path + (f"?base={said['base']}" if said["base"] else ""))
        else:
            form = _to_be_kept_again(form, bases, now)
            context["theirs"] = now
    context |= {
        "form": form,
        "language": text.partition("/")[0] if text != FILE else "",
        "there": now is not None,
        "plan": text == FILE,
        "asked_line": _line(request, now),
        "versions": queries.text_versions(user, report, text),
        "version": _version(request, user, report, text),
    }
    failed = bool(form.errors) and request.method == "POST"
    return render(request, "publishing/text.html", context, status=400 if failed else 200)


def _kept(request: HttpRequest, user: User, report: str, path: str, form: TextForm) -> bool:
    said = form.cleaned_data
    try:
        changed = services.save_text(user, report, path, said["text"], seen=said["seen"])
    except InputRefused as error:
        say(form, error, "text" if error.code != "edition.text_changed" else None)
        return False
    messages.success(request, _("Guardado.") if changed else _("No había nada que cambiar."))
    return True


def _to_be_kept_again(form: TextForm, bases: Sequence[tuple[str, str]], now: str | None) -> TextForm:
    """The same form, which now begins with what is there: whoever sends it again has seen it."""
    errors = form.errors.as_data()
    data = {**form.data.dict(), "seen": services.digest(now)}  # type: ignore[attr-defined]
    again = TextForm(data, bases=bases)
    for field, those in errors.items():
        again.add_error(None if field == "__all__" else field, those)
    return again


def _line(request: HttpRequest, text: str | None) -> tuple[int, str] | None:
    """The line that the address asks for, from 1, with its words."""
    asked = request.GET.get("linea", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 7) or text is None:
        return None
    lines = text.split("\n")
    return (int(asked), lines[int(asked) - 1]) if 1 <= int(asked) <= len(lines) else None


def _version(request: HttpRequest, user: User, report: str, path: str) -> queries.TextVersion | None:
    asked = request.GET.get("version", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
        raise NotFound("edition.no_text")
    return queries.text_version(user, report, path, int(asked))


def bases_of(user: User, report: str) -> list[tuple[str, str]]:
    """Whose numbers a text may be read with: open drafts, those of this report first, then editions."""
    drafts = [line for line in queries.drafts(user) if line.standing not in ("approved", "discarded")]
    drafts.sort(key=lambda line: (line.report != report, -line.number))
    return [
        *((f"b{line.number}", _("borrador %(number)s: %(title)s") % _named(line)) for line in drafts),
        *(
            (
                f"e{line.number}",
                _("edición %(number)s: %(title)s")
                % {"number": line.number, "title": line.title.in_language(spoken.language())},
            )
            for line in queries.editions(user)[:MOST_EDITIONS]
        ),
    ]


def _named(line: queries.DraftLine) -> dict[str, Any]:
    return {"number": line.number, "title": line.title}


def _first(bases: Sequence[tuple[str, str]]) -> str:
    return bases[0][0] if bases else ""


def _content(user: User, base: str, texts: tuple[TextFile, ...]) -> Content | None:
    """The numbers of a draft (as its report would have them with these texts) or of an edition."""
    kind, number = base[:1], base[1:]
    if kind == "b":
        return queries.with_texts(user, int(number), texts)
    if kind == "e":
        return queries.edition(user, int(number)).content.model_copy(update={"texts": texts})
    return None


def _seen(user: User, report: str, path: str, written: str, base: str) -> Preview | str:
    """The text as it would stand in print, alone; a sentence where there is nothing to show."""
    written = written.replace("\r\n", "\n")
    others = tuple(one for one in queries.report_texts(user, report) if one.path != path)
    try:
        found = _content(user, base, (*others, TextFile(path=path, text=written)))
        if found is None:
            return _("Para ver los números hace falta un borrador o una edición. Empiece un borrador.")
        if path == FILE:
            return preview(found, found.languages[0], draft=True)
        language: Language = "en" if path.startswith("en/") else "es"
        stem = path.partition("/")[2].removesuffix(".md")
        alone = (
            TextFile(path=FILE, text=f'[report]\nsections = ["{stem}"]\n'),
            TextFile(path=path, text=written),
        )
        return preview(found.model_copy(update={"texts": alone}), language, draft=True, cover=False)
    except InputRefused as error:
        return explain(error, spoken.language())


@requires(Permission.EDITION_WORK)
@require_GET
def names(request: HttpRequest, report: str) -> HttpResponse:
    """Every name that a text can insert, with what it prints now, of the draft or edition asked for."""
    user = acting(request)
    texts = queries.report_texts(user, report)
    if not texts:
        raise NotFound("edition.no_text")
    bases = bases_of(user, report)
    base = request.GET.get("base", "")
    if base not in dict(bases):
        base = _first(bases)
    context: dict[str, Any] = {"report": report, "base": dict(bases).get(base, "")}
    try:
        found = _content(user, base, texts)
        if found is not None:
            said = {name: printed(one, spoken.language()) for name, one in names_of(found).items()}
            context["kinds"] = names_by_kind(said)
    except InputRefused as error:
        context["why"] = explain(error, spoken.language())
    template = "publishing/names_list.html" if request.htmx else "publishing/names.html"  # type: ignore[attr-defined]
    return render(request, template, context)
