"""An invented edition with all that proves it, built without a register, so that a test can alter one thing.

The same arguments give the same bytes. Nobody in it exists: the numbers are of no country.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from constancia.domain.ledger.entry import Entry
from constancia.domain.ledger.merkle import leaf_hash
from constancia.domain.ledger.previous import Previous
from constancia.domain.ledger.proof import TlogProof
from constancia.domain.ledger.spoken_root import SpokenRoot
from tests.support.bundle_logs import CASES, FACTS, WITNESSES, Log, log_key, private, public, witness_key
from tests.support.bundle_totals import totals_files

STAND_IN = b'print("verificar.py stands here")\n'

Files = dict[str, bytes]
Json = dict[str, Any]
Alter = Callable[[Any], object]


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def words(es: str, en: str) -> Json:
    return {"es": es, "en": en}


def figure(name: str, es: str, en: str, value: int, content: Json, **more: Any) -> Json:
    return {
        "name": name,
        "label": words(es, en),
        "figure": name,
        "rule": "en_prision",
        "as_of": content["as_of"],
        "known_at": content["known_at"],
        "start": None,
        "value": value,
        "lowest": value - 1,
        "highest": value + 2,
        "pending_in": 2,
        "pending_out": 1,
        **more,
    }


SEXES = [("woman", "Mujeres", "Women"), ("man", "Hombres", "Men"), ("not_known", "No consta", "Not known")]
PROFILES = [
    ("civilian", "Civiles", "Civilians"),
    ("military", "Militares", "Military"),
    ("police", "Policías", "Police"),
    ("not_known", "No consta", "Not known"),
]


def categories(found: list[tuple[str, str, str]]) -> list[Json]:
    return [{"key": key, "label": words(es, en)} for key, es, en in found]


def table(
    name: str, total: int, dimensions: list[str], lists: list[Any], cells: list[Any], groups: Any
) -> Json:
    return {
        "name": name,
        "title": words(f"Detenidas: {name}", f"Held: {name}"),
        "total_of": "held",
        "total": total,
        "dimensions": dimensions,
        "dimension_labels": [words(one, one) for one in dimensions],
        "categories": [categories(one) for one in lists],
        "cells": [{"key": key, "value": value, "group": group} for key, value, group in cells],
        "groups": [{"number": number, "cells": some, "value": value} for number, some, value in groups],
        "withheld": False,
    }


def tables(women: int, men: int, unknown: int) -> list[Json]:
    """By sex; by profile, with military and police shown as one; and both together, with margins."""
    total, uniformed = women + men + unknown, 5
    both = []
    for sex, number in (("woman", women), ("man", men), ("not_known", unknown), ("", total)):
        of_these = {"woman": 1, "man": 4, "": uniformed}.get(sex, 0)
        civilians = 0 if sex == "not_known" else number - of_these - (unknown if sex == "" else 0)
        merged = {"woman": 1, "man": 2, "": 3}.get(sex)
        both += [
            [[sex, "civilian"], civilians, None],
            [[sex, "military"], None if merged else 0, merged],
            [[sex, "police"], None if merged else 0, merged],
            [[sex, "not_known"], unknown if sex in ("not_known", "") else 0, None],
            [[sex, ""], number, None],
        ]
    pairs = [
        (number, [[sex, "military"], [sex, "police"]], value)
        for number, sex, value in ((1, "woman", 1), (2, "man", 4), (3, "", uniformed))
    ]
    by_sex = [[["woman"], women, None], [["man"], men, None], [["not_known"], unknown, None]]
    by_profile = [
        [["civilian"], women + men - uniformed, None],
        [["military"], None, 1],
        [["police"], None, 1],
        [["not_known"], unknown, None],
    ]
    return [
        table("by_sex", total, ["sex"], [SEXES], by_sex, []),
        table(
            "profile",
            total,
            ["profile"],
            [PROFILES],
            by_profile,
            [(1, [["military"], ["police"]], uniformed)],
        ),
        table("both", total, ["sex", "profile"], [SEXES, PROFILES], both, pairs),
    ]


def term(cause: str, value: int, *kinds: tuple[str, int]) -> Json:
    by = [{"kind": kind, "label": words(kind, kind), "value": number} for kind, number in kinds]
    return {"cause": cause, "label": words(cause, cause), "value": value, "by": by}


def content(number: int, held: tuple[int, int, int], previous: Json | None, opening: Json) -> Json:
    """Edition `number`, of the week's last day; `held`: women, men, not known."""
    total, day = sum(held), f"2026-03-{number + 1:02d}"
    found: Json = {
        "format": "constancia-edition-1",
        "number": number,
        "title": words("Situación", "Situation"),
        "organisation": "Casa de Ejemplo",
        "languages": ["es", "en"],
        "as_of": day,
        "known_at": f"{day}T23:59:59.999999Z",
        "rule": "en_prision",
        "software": "0.0.0",
        "previous": previous,
        "balance": opening,
        "bridges": [{"first": total, "second": total + 2, "steps": [{"came": 3, "went": 1, "change": 2}]}],
    }
    found["figures"] = [
        figure("held", "personas detenidas", "people held", total, found),
        figure("released", "excarcelaciones", "releases", 3, found, start="2026-03-01"),
    ]
    found["tables"] = tables(*held)
    series = {"known_at": found["known_at"], "rule": "en_prision", "title": words("x", "x")}
    day_of = {"day": day, "value": 3, "by_that_day": 1, "within_a_week": 2, "provisional": True}
    found["daily"] = [{"name": "releases", "figure": "released", "days": [day_of], **series}]
    point = {"day": day, "value": total, "lowest": total - 1, "highest": total + 2}
    found["levels"] = [{"name": "weekly", "figure": "held", "points": [point], **series}]
    return found


def first_content() -> Json:
    opening = {
        "edition": None,
        "opening_as_of": "2025-12-20",
        "opening_known_at": "2025-12-21T03:59:59Z",
        "opening": 22,
        "came": [term("arrested", 2)],
        "went": [term("released", 6, ("full", 4))],
        "closing": 18,
        "older_cases": 0,
    }
    return content(1, (5, 11, 2), None, opening)


def second_content(first: bytes) -> Json:
    before = json.loads(first)
    previous = {name: before[name] for name in ("number", "as_of", "known_at")}
    previous["sha256"] = sha256(first).hexdigest()
    opening = {
        "edition": 1,
        "opening_as_of": before["as_of"],
        "opening_known_at": before["known_at"],
        "opening": 18,
        "came": [term("arrested", 3), term("learned_late", 2, ("first_known", 2))],
        "went": [term("released", 3, ("full", 1), ("measures", 1)), term("died", 0)],
        "closing": 20,
        "older_cases": 2,
    }
    return content(2, (6, 12, 2), previous, opening)


def csvs(found: Json) -> Files:
    """The tables that a spreadsheet opens, written without any code of the verifier's."""
    second = found["known_at"][:19] + "Z"
    figures = [
        [one["name"], one["label"]["es"], one["label"]["en"], one["value"], one["lowest"], one["highest"],
         one["pending_in"], one["pending_out"], one["start"] or "", one["as_of"], second,
         one["figure"], one["rule"]]
        for one in found["figures"]
    ]  # fmt: skip
    cells = [
        [one["name"], *_named(one, cell["key"], 0), *_named(one, cell["key"], 1),
         "" if cell["value"] is None else cell["value"],
         "" if cell["group"] is None else f"{one['name']}:{cell['group']}"]
        for one in found["tables"]
        for cell in one["cells"]
    ]  # fmt: skip
    head = "name label_es label_en value lowest highest pending_in pending_out start as_of known_at"
    columns = "table category1 category1_es category1_en category2 category2_es category2_en value group"
    return {
        "datos/figures.csv": _csv([*head.split(), "definition", "rule"], figures),
        "datos/tables.csv": _csv(columns.split(), cells),
    }


def _named(one: Json, key: list[str], place: int) -> list[str]:
    if place >= len(key):
        return ["", "", ""]
    if key[place] == "":
        return ["*", "Todas", "All"]
    label = next(item["label"] for item in one["categories"][place] if item["key"] == key[place])
    return [key[place], label["es"], label["en"]]


def _csv(head: list[str], rows: list[list[Any]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out).writerows([head, *rows])
    return ("\ufeff" + out.getvalue()).encode()


def policy_text(*, quorum: str = "ambos") -> bytes:
    lines = [f"log {log_key(FACTS)}", f"log {log_key(CASES)}"]
    lines += [f"witness w{place} {witness_key(name)}" for place, name in enumerate(WITNESSES, 1)]
    return "\n".join([*lines, "group ambos all w1 w2", f"quorum {quorum}", ""]).encode()


@dataclass
class Recipe:
    """What a bundle is made of. `content` and `manifest` are called with the JSON before it is signed,
    `files` with the files that the manifest will list, `finished` with the whole bundle after."""

    content: Alter = field(default=lambda _: None)
    files: Alter = field(default=lambda _: None)
    manifest: Alter = field(default=lambda _: None)
    finished: Alter = field(default=lambda _: None)
    publisher: str = "publicación"
    policy: bytes = field(default_factory=policy_text)
    witnesses: tuple[str, ...] = WITNESSES
    program: bytes = STAND_IN
    totals: bool = False


def manifest(found: Json, data: bytes, files: Files, key: bytes) -> Json:
    return {
        "format": "constancia-manifest-1",
        "organisation": found["organisation"],
        "edition": found["number"],
        "as_of": found["as_of"],
        "known_at": found["known_at"],
        "frozen_at": f"{found['as_of']}T23:59:59Z",
        "approved_at": f"{found['as_of']}T23:59:59Z",
        "previous": found["previous"] and found["previous"]["sha256"],
        "content": sha256(data).hexdigest(),
        "software": found["software"],
        "key": key.hex(),
        "log": FACTS,
        "week": "2026-W10",
        "printed": printed_words(),
        "files": [
            {"path": path, "size": len(files[path]), "sha256": sha256(files[path]).hexdigest()}
            for path in sorted(files)
        ],
    }


def signed(found: Json, recipe: Recipe) -> tuple[Files, bytes]:
    """The files of a bundle but for its proofs, and the leaf of its manifest."""
    recipe.content(found)
    data = canonical(found)
    files: Files = {
        "datos/edicion.json": data,
        "verificar.py": recipe.program,
        "prueba/politica.txt": recipe.policy,
        **csvs(found),
    }
    if recipe.totals:
        files |= totals_files(found, data, recipe.witnesses)
    recipe.files(files)
    told = manifest(found, data, files, public(recipe.publisher))
    recipe.manifest(told)
    encoded = canonical(told)
    pem = private(recipe.publisher).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    files["manifiesto.json"] = encoded
    files["manifiesto.firma"] = private(recipe.publisher).sign(encoded)
    files["clave.pem"] = pem
    week = told["week"] if isinstance(told.get("week"), str) else "2026-W10"
    return files, Entry("edition", week, sha256(encoded).digest()).leaf()


def filler(name: str, count: int) -> list[bytes]:
    return [leaf_hash(f"{name} {number}".encode()) for number in range(count)]


@dataclass(frozen=True)
class Made:
    """`first` and `second`: the bundles of two editions; `log`: `hechos`, with sizes of 24 and 37 leaves."""

    first: Files
    second: Files
    log: Log


SIZES = (24, 37)
PLACES = (20, 33)
PRINTED = 16
"""The size of the log that both editions print: it holds neither, and the same leaves in every recipe."""


def printed_words() -> str:
    """The state of the log at that size, as it is printed."""
    return str(SpokenRoot.of(Log(FACTS, filler("hecho", PRINTED)).checkpoint(PRINTED)))


def made(second: Recipe | None = None, first: Recipe | None = None) -> Made:
    """Two editions that follow each other, as the recipes make them."""
    one, two = first or Recipe(), second or Recipe()
    earlier, leaf = signed(first_content(), one)
    leaves = [*filler("hecho", PLACES[0]), leaf, *filler("más", PLACES[1] - PLACES[0] - 1)]
    later, leaf = signed(second_content(earlier["datos/edicion.json"]), two)
    log = Log(FACTS, [*leaves, leaf, *filler("final", SIZES[1] - PLACES[1] - 1)])
    for files, place, size, recipe in (
        (earlier, PLACES[0], SIZES[0], one),
        (later, PLACES[1], SIZES[1], two),
    ):
        proof = TlogProof(place, tuple(log.inclusion(place, size)), log.note(size, recipe.witnesses))
        files["prueba/manifiesto.tlog-proof"] = proof.data()
    for files, size, recipe in ((earlier, SIZES[0], one), (later, SIZES[1], two)):
        if "printed" in json.loads(files["manifiesto.json"]):
            seen = Previous(
                PRINTED, tuple(log.consistency(PRINTED, size)), log.note(PRINTED, recipe.witnesses)
            )
            files["prueba/impreso.txt"] = seen.data()
    grown = Previous(SIZES[0], tuple(log.consistency(*SIZES)), log.note(SIZES[0], one.witnesses))
    later["prueba/anterior.txt"] = grown.data()
    one.finished(earlier)
    two.finished(later)
    return Made(earlier, later, log)


@cache
def _usual(totals: bool) -> Made:
    return made(Recipe(totals=totals), Recipe(totals=totals))


def usual(*, totals: bool = False) -> Made:
    """The two editions without anything altered, with a proof of totals or without."""
    return deepcopy(_usual(totals))


def written(files: Mapping[str, bytes], folder: Path) -> Path:
    """The bundle as a folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The bundle as a zip, the same bytes every time."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path in sorted(files):
            entry = ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o100644 << 16
            archive.writestr(entry, files[path], ZIP_DEFLATED, 9)
    return buffer.getvalue()
