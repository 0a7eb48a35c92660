"""From the file to the import: send it, say what its columns are, look, record."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.imports import queries, receiving, services, wording
from constancia.apps.imports.building import columns_seen, written
from constancia.apps.imports.forms import BUILD, BuilderForm, MappingTextForm, UploadForm
from constancia.apps.imports.opening import shipped
from constancia.domain.catalogue import explain
from constancia.domain.errors import ConstanciaError, InputRefused, MappingRefused, NotFound
from constancia.domain.mapping import load
from constancia.infra import csv_out
from constancia.infra.spoken import language
from constancia.infra.tables import open_table

LARGEST = 64 * 1024 * 1024
MOST_COLUMNS = 200
"""For which the page asks one by one what they are."""


@requires(Permission.IMPORT_RUN)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponseBase:
    """Imports so far, files that wait, and a form for the next."""
    user = acting(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = receiving.receive(user, form.cleaned_data["file"], *_sent(form))
        except InputRefused as error:
            form.add_error(None, explain(error, language()))
        else:
            return redirect("imports:preview" if upload.mapping else "imports:columns", upload=upload.pk)
    context = {"form": form, "batches": queries.batches(user), "uploads": queries.uploads(user)}
    return render(request, "imports/start.html", context, status=400 if form.errors else 200)


def _sent(form: UploadForm) -> tuple[str, str]:
    """The file's name, and the mapping's text ("" where it is still to be made)."""
    file, own = form.cleaned_data["file"], form.cleaned_data["own"]
    if (file.size or 0) > LARGEST:
        raise InputRefused("import.file_too_large", megabytes=LARGEST // 2**20)
    if own:
        try:
            return file.name, _checked(own.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise MappingRefused("import.mapping_not_text") from None
    chosen = form.cleaned_data["mapping"]
    return file.name, "" if chosen == BUILD else shipped()[chosen]


def _checked(mapping: str) -> str:
    load(mapping)
    return mapping


@requires(Permission.IMPORT_RUN)
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, upload: int) -> HttpResponseBase:
    """A first mapping by choices: one for each column, one for each value of closed terms."""
    user = acting(request)
    found = receiving.upload_of(user, upload)
    try:
        with receiving.opened(found) as path:
            table = open_table(path, name=receiving.name_of(found))
            seen = columns_seen(table)
            if len(seen) > MOST_COLUMNS:
                raise InputRefused("import.columns_many", found=len(seen), limit=MOST_COLUMNS)
    except InputRefused as error:
        return _unreadable(request, error, upload)
    form = BuilderForm(seen, request.POST or None)
    if request.method == "POST" and form.is_valid():
        receiving.choose_mapping(user, upload, written(form.draft()))
        return redirect("imports:preview", upload=upload)
    asked = request.method == "POST" and form.asks
    form.forgive_new_questions()
    context = {"form": form, "upload": upload, "name": receiving.name_of(found), "asked": asked}
    return render(request, "imports/columns.html", context, status=400 if form.errors else 200)


@requires(Permission.IMPORT_RUN)
@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest, upload: int) -> HttpResponseBase:
    """The mapping as text, to be corrected by hand."""
    user = acting(request)
    found = receiving.upload_of(user, upload)
    form = MappingTextForm(request.POST or None, initial={"text": found.mapping})
    if request.method == "POST" and form.is_valid():
        try:
            receiving.choose_mapping(user, upload, _checked(form.cleaned_data["text"].replace("\r\n", "\n")))
        except InputRefused as error:
            form.add_error("text", explain(error, language()))
        else:
            return redirect("imports:preview", upload=upload)
    context = {"form": form, "upload": upload, "name": receiving.name_of(found)}
    return render(request, "imports/mapping.html", context, status=400 if form.errors else 200)


@requires(Permission.IMPORT_RUN)
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, upload: int) -> HttpResponseBase:
    """What will be recorded and what will not; the button that records it."""
    user = acting(request)
    found = receiving.upload_of(user, upload)
    if not found.mapping:
        return redirect("imports:columns", upload=upload)
    name = receiving.name_of(found)
    try:
        with receiving.opened(found) as path:
            if request.method == "GET":
                seen = services.preview(user, path, found.mapping, name=name)
            else:
                done = services.commit(user, path, found.mapping, name=name)
    except InputRefused as error:
        return _unreadable(request, error, upload)
    if request.method == "GET":
        return render(request, "imports/preview.html", {"seen": seen, "upload": upload, "name": name})
    receiving.discard(user, upload)
    if done.batch is None:
        messages.info(request, _("No había nada nuevo: no se registró nada."))
        return redirect("imports:start")
    return render(request, "imports/done.html", {"done": done, "name": name})


@requires(Permission.IMPORT_RUN)
@require_GET
def refusals(request: HttpRequest, upload: int) -> HttpResponseBase:
    """All that is refused, as CSV, for whoever mends the sheet. It holds places and reasons, no cells."""
    user = acting(request)
    found = receiving.upload_of(user, upload)
    if not found.mapping:
        return redirect("imports:columns", upload=upload)
    with receiving.opened(found) as path:
        told = list(services.refusals(user, path, found.mapping, name=receiving.name_of(found)))
    rows = (
        [one.row, one.column, wording.why(one), _("la fila") if one.whole_row else _("ese hecho")]
        for one in told
    )
    head = [_("Fila"), _("Columna"), _("Por qué"), _("Queda fuera")]
    response = HttpResponse("".join(csv_out.lines([head, *rows])), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rechazos.csv"'
    return response


@requires(Permission.IMPORT_RUN)
@require_POST
def discard(request: HttpRequest, upload: int) -> HttpResponseBase:
    """Takes the file away without importing it."""
    with suppress(NotFound):  # gone already: that is what was wanted
        receiving.discard(acting(request), upload)
    messages.success(request, _("El archivo se descartó. No se registró nada."))
    return redirect("imports:start")


def _unreadable(request: HttpRequest, error: ConstanciaError, upload: int) -> HttpResponse:
    context = {
        "sentence": explain(error, language()),
        "upload": upload,
        "of_mapping": isinstance(error, MappingRefused),
    }
    return render(request, "imports/unreadable.html", context, status=400)
