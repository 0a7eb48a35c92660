"""The balance in the field's own form, as a table and as plain text for messengers."""

from __future__ import annotations

from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.balance_lines import Line, apart, breakdown_of, lines
from constancia.domain.publishing.blocks import DataTable, Number, Run, TableCell, TableRow, Text
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Content, Figure
from constancia.domain.publishing.dates_in_words import of_content, of_figure
from constancia.domain.publishing.figures_in_words import since_previous
from constancia.domain.publishing.tables import cell
from constancia.domain.publishing.wording import runs, said

EARLIER = "earlier."
"""Before the name of a number that comes from the earlier edition."""

JOINED = "†"
"""In the earlier column: there it was shown together with others."""


def balance_table(content: Content, language: Language, earlier: Content | None = None) -> DataTable:
    """The balance "al dd/mm/yyyy", with the earlier edition's column beside it where one is given.

    A line that the earlier edition showed merged with others says so; one that it did not have has a dash.
    Raises InputRefused `edition.no_figures`.
    """
    ours = lines(content, language)
    before = {line.of: line for line in lines(earlier, language)} if earlier else None
    heads = [said("balance.line", language), said("balance.on", language, day=_day(content, language))]
    if earlier:
        heads.append(said("balance.on", language, day=_day(earlier, language)))
    joined = False
    rows = []
    for line in ours:
        cells = [cell(line.label, head=True)]
        if line.kind == "group":
            cells = [TableCell((Text(line.label),), head=True, span=len(heads))]
        else:
            cells.append(TableCell((Number(line.printed(language), line.name),)))
            if before is not None and earlier is not None:
                one = _before(line, before, earlier, language)
                joined = joined or one.runs == (Text(JOINED),)
                cells.append(one)
        rows.append(TableRow(tuple(cells), kind=line.kind))
    return DataTable(
        key="balance",
        caption=(Text(said("balance.caption", language, day=_day(content, language))),),
        head=tuple(cell(text, head=True) for text in heads),
        rows=tuple(rows),
        numbers=(False, *(True for _ in heads[1:])),
        notes=_notes(content, ours, language, joined=joined),
    )


def apart_table(content: Content, language: Language) -> DataTable | None:
    """What is counted apart from the balance, each figure with its own two dates; None for nothing.

    Raises InputRefused `edition.no_figures`, `edition.zone`.
    """
    figures = apart(content)
    if not figures:
        return None
    heads = [said(f"balance.{one}", language) for one in ("what", "when", "figure")]
    rows = [
        TableRow(
            (
                cell(_label(one, language), head=True),
                cell(printing.capital(of_figure(one, content, language))),
                TableCell((Number(printing.number(one.value, language), one.name),)),
            )
        )
        for one in figures
    ]
    return DataTable(
        key="balance-apart",
        caption=(Text(said("balance.apart", language)),),
        head=tuple(cell(text, head=True) for text in heads),
        rows=tuple(rows),
        numbers=(False, False, True),
    )


def _label(figure: Figure, language: Language) -> str:
    return printing.capital(plain(figure.label.in_language(language)))


def balance_text(content: Content, language: Language) -> str:
    """The balance as lines of plain text, with its notes, for a messenger. Ends without a line feed."""
    ours = lines(content, language)
    title = said("balance.caption", language, day=_day(content, language))
    edition = said(
        "balance.edition", language, organisation=plain(content.organisation), number=str(content.number)
    )
    text = [title, edition]
    for line in ours:
        if line.kind == "group":
            text += ["", line.label]
        else:
            indent = "" if line.kind == "total" else "    " if line.kind == "sub" else "  "
            text += [""] if line.kind == "total" else []
            text.append(f"{indent}{line.label}: {line.printed(language)}")
    others = apart(content)
    if others:
        text += ["", said("balance.apart", language)]
        text += [f"  {_label(one, language)}: {printing.number(one.value, language)}" for one in others]
    text += ["", *(_as_text(note) for note in _notes(content, ours, language, joined=False))]
    return "\n".join(text)


def _day(content: Content, language: Language) -> str:
    return printing.short_day(content.as_of, language)


def _before(line: Line, before: dict[str, Line], earlier: Content, language: Language) -> TableCell:
    """What the earlier edition says in the same line."""
    found = before.get(line.of)
    if found is not None and found.value is not None:
        return TableCell((Number(found.printed(language), EARLIER + found.name),))
    dimension = line.of.partition(".")[0]
    table = breakdown_of(earlier, dimension) if line.cells else None
    cells = [table.cell(key) for key in line.cells] if table else []
    values = [one.value for one in cells if one is not None and one.value is not None]
    if not cells or any(one is None for one in cells):
        return cell("—")
    if len(values) < len(cells):
        return cell(JOINED)
    return TableCell((Number(printing.number(sum(values), language), f"{EARLIER}{line.name}"),))


def _notes(
    content: Content, ours: tuple[Line, ...], language: Language, *, joined: bool
) -> tuple[tuple[Run, ...], ...]:
    found = [(Text(said("balance.dates", language, dates=of_content(content, language))),)]
    notes: list[tuple[Run, ...]] = [*found]
    if content.balance and content.balance.older_cases:
        number = Number(printing.number(content.balance.older_cases, language), "balance.older_cases")
        day = printing.short_day(content.balance.opening_as_of, language)
        notes.append(runs("balance.older_cases", language, number=number, day=day))
    if _does_not_follow(content):
        notes.append((Text(said("balance.flows", language)),))
    adds_up = any(line.of.endswith(".not_known") for line in ours)
    about: tuple[Run, ...] = (Text(said("balance.adds_up", language)),) if adds_up else ()
    if any(line.merged for line in ours):
        threshold = Number(printing.number(content.protection.threshold, language), "protection.threshold")
        why = runs("tables.why_merged", language, threshold=threshold)
        about = (*about, Text(" "), *why) if about else why
    if about:
        notes.append(about)
    if joined:
        notes.append((Text(said("balance.joined", language, sign=JOINED)),))
    return tuple(notes)


def _does_not_follow(content: Content) -> bool:
    """Whether the change is another number than those imprisoned less those released, as readers will try."""
    balance = content.balance
    came, went = (since_previous(content, one) for one in ("arrested", "released"))
    if balance is None or came is None or went is None:
        return False
    return balance.closing - balance.opening != came.value - went.value


def _as_text(note: tuple[Run, ...]) -> str:
    return "".join(run.text for run in note if isinstance(run, Text | Number))
