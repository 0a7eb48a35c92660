"""Merging by hand: which categories of a table are shown as one, and which tables are left out."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.claims.views.doing import told
from constancia.apps.publishing import queries, services
from constancia.apps.publishing.queries import DraftPage
from constancia.apps.publishing.wording import cells_in_words
from constancia.domain.catalogue import explain
from constancia.domain.disclosure.pattern import Merged, Pattern, canonical, from_json
from constancia.domain.errors import InputRefused
from constancia.domain.publishing.content import Content, Table
from constancia.infra.spoken import language

DOINGS = ("juntar", "separar", "omitir", "mostrar")


@requires(Permission.EDITION_WORK)
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, draft: int) -> HttpResponseBase:
    """The tables of a draft with their categories, to be merged, parted, left out or shown again."""
    user = acting(request)
    page = queries.draft(user, draft)
    try:
        content = queries.preview_content(user, draft)
    except InputRefused as error:
        messages.error(request, explain(error, language()))
        return redirect("publishing:draft", draft=draft)
    if request.method == "POST":
        told(
            request,
            lambda: services.decide_merges(user, draft, *_decided(request, page, content)),
            _("Quedó decidido. Compruebe el borrador otra vez cuando termine."),
        )
        table = request.POST.get("tabla", "")
        anchor = f"#t-{table}" if content.table(table) else ""
        return redirect(f"{reverse('publishing:merge', args=[draft])}{anchor}")
    context = {"line": page.line, "tables": [_table(table, page) for table in content.tables]}
    return render(request, "publishing/merge.html", context)


def _table(table: Table, page: DraftPage) -> dict[str, Any]:
    merges = [one for one in from_json(page.merges) if one.table == table.name]
    merged = {cell for one in merges for cell in one.cells}
    return {
        "name": table.name,
        "title": table.title.in_language(language()),
        "withheld": table.name in page.withheld,
        "merges": [
            {"words": cells_in_words(table, one.cells), "cells": json.dumps(sorted(one.cells))}
            for one in merges
        ],
        "one_way": len(table.dimensions) == 1,
        "categories": [
            {
                "key": one.key,
                "label": one.label.in_language(language()),
                "merged": (one.key,) in merged,
            }
            for one in table.categories[0]
        ]
        if len(table.dimensions) == 1
        else [],
    }


def _decided(request: HttpRequest, page: DraftPage, content: Content) -> tuple[Pattern, list[str]]:
    """The merges and the tables left out, as they are to be. Raises InputRefused `edition.merge_two`,
    `edition.merge_what`."""
    given, merges, withheld = request.POST, from_json(page.merges), set(page.withheld)
    table, doing = content.table(given.get("tabla", "")), given.get("hacer", "")
    if table is None or doing not in DOINGS:
        raise InputRefused("edition.merge_what")
    if doing == "omitir":
        withheld.add(table.name)
    elif doing == "mostrar":
        withheld.discard(table.name)
    elif doing == "separar":
        kept = tuple(
            one
            for one in merges
            if one.table != table.name or json.dumps(sorted(one.cells)) != given.get("celdas")
        )
        if len(kept) == len(merges):
            raise InputRefused("edition.merge_what")
        merges = kept
    else:
        merges = _joined(merges, table, given.getlist("celda"))
    return merges, sorted(withheld)


def _joined(merges: Pattern, table: Table, categories: list[str]) -> Pattern:
    """The merges with these categories of a table as one; a merge that has any of them is taken in whole."""
    known = {one.key for one in table.categories[0]}
    if len(table.dimensions) != 1 or not known.issuperset(categories):
        raise InputRefused("edition.merge_what")
    cells: set[tuple[str, ...]] = {(one,) for one in categories}
    if len(cells) < 2:
        raise InputRefused("edition.merge_two")
    kept = []
    for one in merges:
        if one.table == table.name and one.cells & cells:
            cells |= one.cells
        else:
            kept.append(one)
    return canonical([*kept, Merged(table.name, frozenset(cells))])
