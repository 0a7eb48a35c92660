"""Files behind a fact: put beside it, looked at as copies made elsewhere, and given out as attachments."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.register import evidence, queries, wording
from constancia.apps.register.evidence_forms import EvidenceForm, GiveForm
from constancia.apps.register.views.errors import say
from constancia.domain.errors import InputRefused, IntegrityBroken
from constancia.domain.vocabulary.files import CustodyPurpose, CustodyWay


@requires(Permission.CASE_RECORD)
@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, seq: int) -> HttpResponseBase:
    """Keeps a file beside the fact it backs."""
    user = acting(request)
    old = queries.fact(user, seq)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent, given = form.cleaned_data["file"], form.cleaned_data
        assert isinstance(sent, UploadedFile)
        most = evidence.most_bytes()
        try:
            if (sent.size or 0) > most:
                raise InputRefused("evidence.too_large", megabytes=most // 1_000_000)
            evidence.attach(
                user,
                seq,
                given["title"],
                sent.read(),
                way=CustodyWay(given["way"] or CustodyWay.OTHER),
                received_from=given["received_from"],
                name=sent.name or "",
            )
        except InputRefused as error:
            say(form, error, "file")
        else:
            messages.success(request, _("El archivo quedó guardado junto al hecho."))
            return redirect("register:case", code=old.code)
    context = {
        "old": old,
        "form": form,
        "words": wording.kind(old.kind),
        "megabytes": evidence.most_bytes() // 1_000_000,
    }
    return render(request, "register/attach.html", context, status=400 if form.errors else 200)


@requires(Permission.IDENTITY_READ)
@require_GET
def show(request: HttpRequest, number: int) -> HttpResponse:
    """What is kept of a file: a copy to look at, what it says of itself, and its chain of custody."""
    return _page(request, number, GiveForm())


@requires(Permission.IDENTITY_READ)
@require_GET
def copy(request: HttpRequest, number: int) -> HttpResponse:
    """A copy of nothing but pixels, or a text as text: the one form in which a file is shown here."""
    user = acting(request)
    text = evidence.text_of(user, number)
    if text is not None:
        return _guarded(HttpResponse(text, content_type="text/plain; charset=utf-8"), "inline", "copia.txt")
    picture = evidence.picture_of(user, number, _page_number(request))
    return _guarded(HttpResponse(picture, content_type="image/jpeg"), "inline", "copia.jpg")


@requires(Permission.IDENTITY_READ)
@require_POST
def give(request: HttpRequest, number: int) -> HttpResponse:
    """The original, or the copy to share, as an attachment; for whom stands in the chain of custody."""
    user = acting(request)
    form = GiveForm(request.POST)
    if form.is_valid():
        try:
            given = evidence.give_out(
                user,
                number,
                "original" if form.cleaned_data["form"] == "original" else "copy",
                CustodyPurpose(form.cleaned_data["purpose"]),
                form.cleaned_data["to_whom"],
            )
        except InputRefused as error:
            say(form, error, "to_whom" if error.code == "evidence.custody_words" else None)
        else:
            # Never its own type: a browser that is wrong about a file must not draw it in this site.
            answer = HttpResponse(given.content, content_type="application/octet-stream")
            return _guarded(answer, "attachment", given.name)
    return _page(request, number, form)


@requires(Permission.IDENTITY_READ)
@require_POST
def verify(request: HttpRequest, number: int) -> HttpResponse:
    """Reads the whole original again and writes into its chain that it is what it was."""
    try:
        evidence.verify_again(acting(request), number)
    except IntegrityBroken:
        messages.error(
            request, _("El original ya no es el que se guardó, o falta. Avise a la administración.")
        )
    else:
        messages.success(request, _("El original es el que se guardó; quedó en la cadena de custodia."))
    return redirect("register:evidence", number=number)


def _page(request: HttpRequest, number: int, form: GiveForm) -> HttpResponse:
    found = evidence.page_of(acting(request), number)
    wanted = min(_page_number(request), max(found.pages, 1))
    context = {
        "file": found.line,
        "found": found,
        "form": form,
        "words": wording.kind(found.fact_kind),
        "hoja": wanted,
        "before": wanted - 1,
        "after": wanted + 1 if wanted < found.pages else 0,
        "drawn": found.group in ("picture", "pages") and found.pages > 0,
        "is_text": found.group == "text",
        "shareable": found.group in ("picture", "pages", "text"),
    }
    return render(request, "register/evidence.html", context, status=400 if form.errors else 200)


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("hoja", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


def _guarded(answer: HttpResponse, how: str, name: str) -> HttpResponse:
    """`name` is ours, of letters, digits, dashes and dots: there is nothing to quote or encode (RFC 6266)."""
    answer["Content-Disposition"] = f"{how}; filename={name}"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
