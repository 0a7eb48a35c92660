"""All of a register in open formats, in the clear: the one thing it holds that protects nobody.

A folder that takes its name only when all of it is there.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

from constancia import __version__
from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.approvals import services as approvals
from constancia.apps.approvals.services import Spent
from constancia.apps.approvals.wording import stamped
from constancia.apps.leaving.opening import COLUMNS
from constancia.apps.register import histories
from constancia.apps.register.models import Person
from constancia.domain.errors import ConstanciaError, InputRefused, NotAllowed, StoreRefused
from constancia.domain.vocabulary.approvals import ApprovalKind
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import clock, trail, unlocked
from constancia.infra.bulk import in_pieces
from constancia.infra.evidence import EvidenceStore, Stored
from constancia.infra.files import private_folder, sync_folder

LEFT_OUT = {
    "accounts.signinlink",
    "accounts.failedsignin",
    "imports.upload",
    "claims.arrival",
    "ledger.leaf",
    "ledger.node",
    "regions.grant",
    "regions.holder",
    "regions.regionkey",
    "register.casecard",
    "register.caseregion",
    "register.documentdigest",
    "register.externalkey",
    "register.pendingreview",
    "register.state",
    "register.statechange",
    "register.stateterm",
}
"""Tables of a moment, of the trees that `bitacora/` holds, of keys that open nothing any more, and those that
are derived from the facts."""
SECRET = {"accounts.user": {"password", "epoch"}}
FILES = {"register.evidence": ("sha256", "size"), "claims.document": ("file_sha256", "file_size")}
"""Tables whose rows have a file, and the columns of its hash and size."""
AS_THEY_ARE = {"ledger.stamp.token"}
"""Columns of bytes that are sealed by nothing."""
FOLDERS = ("ediciones", "bitacora")
PIECE = 1000
REFERENCE = "export_reference"
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Left:
    """What was written: rows by table, `lines` in all, files, and what could not be opened: `closed`, values
    whose key is destroyed; `held`, values of regions whose key nobody opened; `unopened`, sealed columns that
    nobody told how to open; `damaged`, files that do not open."""

    rows: dict[str, int] = field(default_factory=dict)
    lines: int = 0
    files: int = 0
    closed: int = 0
    held: int = 0
    damaged: int = 0
    unopened: list[str] = field(default_factory=list)


def export(
    actor: User, folder: Path, confirmed: str, reason: str = "", *, progress: Progress | None = None
) -> Left:
    """Write everything to a new folder, once another person has approved it. `confirmed`: the organisation's
    name, typed by a person. `reason`: what for, where it has still to be asked for.

    Raises NotAllowed `leaving.not_confirmed`, StoreRefused `home.taken`, InputRefused `leaving.inside`; as
    `approvals.services.ready`. The trail notes it before anything is written.
    """
    allow(actor, Permission.KEYS_MANAGE)
    home = unlocked.home()
    target = folder.expanduser().absolute()
    if confirmed.strip() != (home.settings.organisation or "Constancia"):
        raise NotAllowed("leaving.not_confirmed")
    if target.resolve().is_relative_to(home.path.resolve()):
        raise InputRefused("leaving.inside")
    if target.exists():
        raise StoreRefused("home.taken", folder=str(target))
    people = Person.objects.count()
    approvals.ready(actor, ApprovalKind.EXPORT_ALL, {}, reason, people)
    spent = approvals.spend(actor, ApprovalKind.EXPORT_ALL, {}, people)
    trail.note(actor.pk, Deed.EXPORTED, said={"what": "everything", "request": spent.number})
    private_folder(target.parent)
    work = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    work.mkdir(mode=0o700)
    try:
        left = _write(work, spent, progress)
        work.rename(target)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    sync_folder(target.parent)
    return left


def tables() -> list[type[models.Model]]:
    """Every table of this program that is not left out."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("constancia.apps.")]
    return sorted((one for one in ours if name_of(one) not in LEFT_OUT), key=name_of)


def name_of(model: type[models.Model]) -> str:
    return model._meta.label_lower


def _write(work: Path, spent: Spent, progress: Progress | None) -> Left:
    left, every = Left(), tables()
    for done, model in enumerate(every):
        _write_table(work, model, left, spent)
        if progress:
            progress(done + 1, len(every))
    _write_trail(work, left, spent)
    for name in FOLDERS:
        source = unlocked.home().path / name
        if source.is_dir():
            shutil.copytree(source, work / name)
    (work / "LEEME.md").write_text(_read_me(every, left, spent), encoding="utf-8")
    return left


def _write_table(work: Path, model: type[models.Model], left: Left, spent: Spent) -> None:
    name = name_of(model)
    hidden, openers = SECRET.get(name, set()), COLUMNS.get(name, {})
    columns = [one for one in model._meta.concrete_fields if one.attname not in hidden]
    for one in columns:
        # Keys of subjects, hashes and signatures have their length; what has none is sealed, or a stamp.
        free = isinstance(one, models.BinaryField) and one.max_length is None
        if free and one.attname not in openers and f"{name}.{one.attname}" not in AS_THEY_ARE:
            left.unopened.append(f"{name}.{one.attname}")
    keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
    with _private(work / f"{name.replace('.', '_')}.jsonl") as file:
        for piece in in_pieces(keys):
            found = model._default_manager.in_bulk(piece)
            rows = [found[key] for key in piece]
            opened = {column: opener(rows) for column, opener in openers.items()}
            for at, row in enumerate(rows):
                said = {one.attname: _plain(getattr(row, one.attname)) for one in columns}
                for column, values in opened.items():
                    raw = getattr(row, column)
                    held = isinstance(raw, bytes | memoryview) and histories.is_held(bytes(raw))
                    left.held += values[at] is None and held
                    left.closed += values[at] is None and raw is not None and not held
                    said[column] = values[at]
                if name in FILES:
                    said["exported_file"] = _write_file(work, name, row, left)
                file.write(_line(said, left, spent))
    left.rows[name] = len(keys)


def _write_file(work: Path, name: str, row: Any, left: Left) -> str | None:
    """The file of a row as it came, under a name of ours; None where it has none, or it does not open."""
    if not row.file or row.subject is None:
        return None
    digest, size = (getattr(row, column) for column in FILES[name])
    store = EvidenceStore(unlocked.home().evidence, unlocked.codec())
    folder = private_folder(work / "archivos" / name.replace(".", "_"))
    path = folder / f"{row.pk}{SUFFIXES.get(row.media_type, '.bin')}"
    try:
        with _private(path, "wb") as file:
            for piece in store.read(bytes(row.subject), Stored(row.file, digest, size)):
                file.write(piece)
    except ConstanciaError:
        path.unlink(missing_ok=True)
        left.damaged += 1
        return None
    left.files += 1
    return str(path.relative_to(work))


SUFFIXES = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "text/plain": ".txt"}


def _write_trail(work: Path, left: Left, spent: Spent) -> None:
    events = trail.events()
    with _private(work / "auditoria.jsonl") as file:
        for one in reversed(events):
            said = {
                name: _plain(getattr(one, name)) for name in ("seq", "at", "actor", "about", "number", "link")
            }
            said |= {"deed": one.deed.value, "outcome": one.outcome.value, "said": dict(one.said)}
            file.write(_line(said, left, spent))
    left.rows["auditoria"] = len(events)


def _line(said: dict[str, Any], left: Left, spent: Spent) -> str:
    """A row as a line of JSON that bears its reference."""
    left.lines += 1
    marked = {**said, REFERENCE: spent.reference(left.lines)}
    return json.dumps(marked, ensure_ascii=False, sort_keys=True) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _private(path: Path, mode: str = "w") -> Any:
    path.touch(mode=0o600)
    return path.open(mode) if "b" in mode else path.open(mode, encoding="utf-8")


def _read_me(every: list[type[models.Model]], left: Left, spent: Spent) -> str:
    return "\n".join(_read_me_lines(every, left, spent)) + "\n"


def _read_me_lines(every: list[type[models.Model]], left: Left, spent: Spent) -> Iterator[str]:
    yield "# Todo lo que tenía el registro, en claro · Everything the register held, in the clear"
    yield ""
    yield f"Constancia {__version__}, {clock.now():%Y-%m-%d %H:%M} UTC."
    yield ""
    yield "**Esta carpeta no protege a nadie.** Guárdela solo en un disco cifrado; bórrela en cuanto pueda."
    yield "**This folder protects nobody.** Keep it on an encrypted disk only; delete it as soon as you can."
    yield ""
    yield stamped(spent)
    yield ""
    yield f"- `{REFERENCE}`: la marca de la fila · the mark of the row (`constancia exports trace`)."
    yield "- `<tabla>.jsonl`: un objeto JSON por línea (UTF-8); fechas ISO 8601, instantes en UTC, bytes en"
    yield "  hexadecimal · one JSON object a line; ISO 8601, UTC, bytes in hexadecimal."
    yield "- `archivos/`: cada archivo como llegó; `exported_file` de su fila dice cuál es."
    yield "- `bitacora/`: la bitácora pública (C2SP tlog-tiles). `ediciones/`: lo publicado."
    yield "- `auditoria.jsonl`: quién hizo qué y cuándo · who did what and when."
    yield f"- Valores cuya clave se destruyó: {left.closed}. Archivos que no se abren: {left.damaged}."
    if left.held:
        yield f"- Cerrados por la llave de su región · closed by the key of their region: {left.held}."
    if left.unopened:
        yield f"- Columnas que siguen cifradas · columns still sealed: {', '.join(left.unopened)}."
    yield ""
    for model in every:
        name = name_of(model)
        yield f"## `{name.replace('.', '_')}.jsonl` ({left.rows[name]})"
        yield ""
        yield " ".join((model.__doc__ or "").split())
        yield ""
        for one in model._meta.concrete_fields:
            if one.attname not in SECRET.get(name, set()):
                target = one.related_model
                to = f" → `{name_of(target)}`" if isinstance(target, type) else ""
                yield f"- `{one.attname}` ({one.get_internal_type()}){to}"
        yield ""
