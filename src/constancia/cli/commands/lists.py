"""`constancia lists`: the lists that were kept; deciding, accepting and undoing as on the pages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import labels, output
from constancia.cli.commands.matching import reason_json
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.dates.words import in_words
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.labels import label
from constancia.domain.vocabulary.terms import EntryVerdict

if TYPE_CHECKING:
    from constancia.apps.matching import queries, services, wording
    from constancia.apps.matching.queries import EntryLine, ListLine, Row
else:
    queries = late("constancia.apps.matching.queries")
    services = late("constancia.apps.matching.services")
    wording = late("constancia.apps.matching.wording")

NAME = "lists"
HELP = later("Listas de nombres que se guardaron: quién es quién, anotar y deshacer.")
GROUPS = ("undecided", "both", "theirs", "ours", "unsure")

Number = Annotated[int, typer.Argument(min=1, metavar="LIST", help=later("Número de la lista."))]
Entry = Annotated[
    int, typer.Argument(min=1, metavar="ENTRY", help=later("Número de la entrada en la lista."))
]
Page = Annotated[int, typer.Option(min=1, help=later("Página, de 25 en 25."))]


def list_(context: typer.Context, page: Page = 1) -> None:
    session = Session.of(context)
    session.start()
    lines, more = queries.lists(session.user(), page)
    if session.show({"lists": [_line_json(one) for one in lines], "more": more}):
        return
    output.table(
        say("Listas"),
        [
            say("número"),
            say("título"),
            say("qué dice"),
            say("día"),
            say("nombres"),
            say("por decidir"),
            say("anotados"),
        ],
        [
            [
                one.number,
                one.title,
                label(f"ListKind.{one.kind}", language()),
                in_words(one.when, language()),
                one.total,
                _count(one, "undecided"),
                one.recorded,
            ]
            for one in lines
        ],
    )


def _count(one: ListLine, group: str) -> int | None:
    return None if one.counts is None else dict(one.counts).get(queries.Group(group), 0)


def _line_json(one: ListLine) -> dict[str, Any]:
    counts = None if one.counts is None else {group.value: count for group, count in one.counts.items()}
    return {
        "number": one.number,
        "title": one.title,
        "kind": one.kind,
        "day": {"edtf": one.when.edtf, "words": one.when.words},
        "names": one.total,
        "left_out": one.left_out,
        "sent_by": one.sent_by,
        "known_at": one.known_at,
        "earlier": one.earlier,
        "counts": counts,
        "recorded": one.recorded,
    }


def show(
    context: typer.Context,
    number: Number,
    group: Annotated[str, typer.Option(help=later("undecided, both, theirs, ours o unsure."))] = "undecided",
    page: Page = 1,
) -> None:
    session = Session.of(context)
    if group not in GROUPS:
        raise InputRefused("cli.list_group")
    session.start()
    user = session.user()
    head = queries.head(user, number)
    if group == "ours":
        found = queries.ours(user, number, page)
        people = [{"person": one.code, "name": one.name, "custody": one.custody} for one in found.lines]
        told = {"rule": wording.rule(found.rule), "total": found.total, "people": people}
        if not session.show({"list": _line_json(head.line), "group": group, **told}):
            output.sentence(wording.rule(found.rule))
            output.table(
                head.line.title,
                [say("caso"), say("nombre"), say("custodia")],
                [[one.code, one.name, labels.term("custody", one.custody)] for one in found.lines],
            )
        return
    shown = queries.entries(user, number, queries.Group(group), page)
    entries = [_entry_json(one) for one in shown.entries]
    if session.show(
        {"list": _line_json(head.line), "group": group, "total": shown.total, "entries": entries}
    ):
        return
    output.table(
        f"{head.line.title} · {wording.group(group)}: {shown.total}",
        [say("entrada"), say("en la lista"), say("en el registro"), say("caso"), say("probabilidad")],
        [_row(one) for one in shown.entries],
    )


def _row(one: EntryLine) -> list[object]:
    if one.case is not None:
        return [one.number, one.said.mention.name, one.case.name, one.case.code, ""]
    if one.likely:
        first = one.likely[0]
        return [
            one.number,
            one.said.mention.name,
            first.case.name,
            first.case.code,
            f"{first.probability:.0%}",
        ]
    return [one.number, one.said.mention.name, "", "", ""]


def _entry_json(one: EntryLine) -> dict[str, Any]:
    return {
        "number": one.number,
        "entry": one.said.mention.name,
        "line": one.line,
        "page": one.page,
        "repeats": one.repeats,
        "group": one.group.value,
        "person": one.case.code if one.case is not None else None,
        "not": [case.code for case in one.apart],
        "candidates": [
            {
                "person": near.case.code,
                "name": near.case.name,
                "probability": round(near.probability, 4),
                "reasons": [reason_json(reason) for reason in near.reasons],
                "earlier_edition": near.carried,
            }
            for near in one.likely
        ],
        "recorded": [{"kind": r.kind, "person": r.code, "attested": r.attested} for r in one.recorded],
    }


def decide(
    context: typer.Context,
    number: Number,
    entry: Entry,
    verdict: Annotated[EntryVerdict, typer.Argument(help=later("Qué se decide."))],
    code: Annotated[str, typer.Argument(help=later("El caso, con same o different."))] = "",
    reason: Annotated[str, typer.Option(help=later("Por qué."))] = "",
) -> None:
    session = Session.of(context)
    session.start()
    user = session.user()
    key = queries.entry_key(user, number, entry)
    services.decide(user, key, verdict, code=code, reason=reason)
    line = queries.entry(user, key)
    if not session.show({"list": number, "entry": _entry_json(line)}):
        output.sentence(f"{entry}: {wording.group(line.group)}")


def accept(
    context: typer.Context,
    number: Number,
    threshold: Annotated[
        float | None, typer.Option(help=later("Proponer también las entradas sin decidir desde aquí."))
    ] = None,
    without: Annotated[
        list[int] | None, typer.Option(help=later("Dejar fuera esta entrada; puede repetirse."))
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=later("Anotar sin preguntar."))] = False,
) -> None:
    session = Session.of(context)
    session.start()
    user = session.user()
    found = queries.acceptable(user, number, threshold)
    rows = [row for row in found.rows if row.number not in set(without or ())]
    if not yes:
        would = [_row_json(row) for row in (*rows, *found.idle)]
        if session.show({"list": number, "would": would, "recorded": None}):
            return
        _preview(found.fact, rows, list(found.idle))
        if not sys.stdin.isatty() or not rows:
            return
        typer.confirm(say("¿Anotar?"), abort=True)
    done = services.accept(
        user,
        number,
        entries=[row.key for row in rows if not row.proposed],
        proposed={row.key: row.case.code for row in rows if row.proposed and row.case is not None},
        threshold=threshold,
        seen={row.key: row.seen for row in rows if not row.proposed},
    )
    left = [{"entry": entry, "why": why.value} for entry, why in done.left.items()]
    told = {"facts": done.facts, "attested": done.attested, "cases": done.cases, "left": left}
    if not session.show({"list": number, "recorded": told, "more": found.more}):
        words = say("Anotado: {facts} hechos, {attested} fuentes más, {cases} casos; espera otra revisión.")
        output.sentence(words.format(facts=done.facts, attested=done.attested, cases=done.cases))


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "entry": row.name,
        "person": row.case.code if row.case is not None else None,
        "proposed": row.proposed,
        "probability": row.probability,
        "attests": row.attests,
        "why": row.why.value if row.why is not None else None,
    }


def _preview(fact: str, rows: list[Row], idle: list[Row]) -> None:
    output.table(
        say("Se anotaría: {kind}").format(kind=labels.kind(fact)),
        [say("entrada"), say("en la lista"), say("caso"), say("en el registro"), say("propuesta")],
        [
            [
                row.number,
                row.name,
                row.case.code if row.case else say("caso nuevo"),
                row.case.name if row.case else "",
                f"{row.probability:.0%}" if row.probability else "",
            ]
            for row in rows
        ],
    )
    if idle:
        output.table(
            say("De estas no se anotaría nada"),
            [say("entrada"), say("en la lista"), say("por qué")],
            [[row.number, row.name, wording.why(row.why.value) if row.why else ""] for row in idle],
        )


def undo(
    context: typer.Context,
    number: Number,
    entry: Annotated[int | None, typer.Option(min=1, help=later("Solo lo de esta entrada."))] = None,
    reason: Annotated[str, typer.Option(help=later("Por qué."))] = "",
) -> None:
    session = Session.of(context)
    session.start()
    user = session.user()
    if entry is None:
        back = services.undo_list(user, number, reason)
    else:
        back = services.undo(user, queries.entry_key(user, number, entry), reason)
    told = {
        "entries": back.entries,
        "withdrawn": back.withdrawn,
        "retracted": back.retracted,
        "stayed": back.stayed,
    }
    if not session.show({"list": number, **told}):
        output.sentence(say("Deshecho lo anotado de {count} entradas.").format(count=back.entries))


def changes(context: typer.Context, number: Number) -> None:
    session = Session.of(context)
    session.start()
    found = queries.difference(session.user(), number)
    if found is None:
        raise InputRefused("list.no_earlier")
    pairs = [
        {"number": one.number, "before": _text(one.before), "after": _text(one.after)}
        for one in found.changed
    ]
    told = {
        "list": number,
        "earlier": found.earlier,
        "same": found.same,
        "added": [{"number": n, "entry": name} for n, name in found.added],
        "gone": [{"number": n, "entry": name} for n, name in found.gone],
        "changed": pairs,
        "added_total": found.added_total,
        "gone_total": found.gone_total,
    }
    if session.show(told):
        return
    output.table(
        say("{count} entradas iguales").format(count=found.same),
        [say("qué"), say("entrada"), say("nombre"), say("antes")],
        [
            *[[say("añadida"), n, name, ""] for n, name in found.added],
            *[[say("ya no está"), n, name, ""] for n, name in found.gone],
            *[[say("escrita de otro modo"), one["number"], one["after"], one["before"]] for one in pairs],
        ],
    )


def _text(pieces: Any) -> str:
    return "".join(piece.text for piece in pieces)


COMMANDS = [
    ("list", list_, later("Las listas que hay.")),
    ("show", show, later("Las entradas de una lista, por grupos, con sus candidatas.")),
    ("decide", decide, later("Dice quién es una entrada; no anota nada.")),
    ("accept", accept, later("Anota lo decidido, y con --threshold lo propuesto, tras mirarlo.")),
    ("undo", undo, later("Deshace lo anotado de una lista o de una entrada.")),
    ("changes", changes, later("Qué cambió respecto de la edición anterior.")),
]
