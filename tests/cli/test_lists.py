"""Lists of names from the command line: matched, kept, decided, accepted, undone."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.matching.models import NameList
from constancia.apps.register.models import Fact
from constancia.domain.vocabulary.terms import Role
from tests.apps.matching.lists import standing
from tests.cli.conftest import Command
from tests.support.cast import FactGiven, NewCase

pytestmark = pytest.mark.django_db
FIRST, OTHER = "Onésimo Urdaneta Inventado", "Eduvigis Paredes Inventada"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "lista.txt"
    found.write_text(f"URDANETA INVENTADO ONESIMO\n\nzzz qqq xxx\n{OTHER}\n", encoding="utf-8")
    return found


def _keep(here: Command, file: Path, *more: str) -> int:
    asked = ("match", str(file), "--keep", "--kind", "released", "--source-kind", "official_list")
    told = here(*asked, "--title", "Lista", "--day", "10 de marzo de 2026", "--json", *more)
    assert told.code == 0, told.err
    return int(told.json["list"])


def test_a_list_is_laid_beside_the_register_and_nothing_is_recorded(
    here: Command, admin: User, case: NewCase, file: Path
) -> None:
    external = FactGiven("external_id", {"scheme": "archivo", "value": "77"})
    person = case(admin, FIRST, more=(external,))
    facts = Fact.objects.count()
    found = here("match", str(file), "--json").json
    assert set(found) == {"entries"}
    first, nobody, _ = found["entries"]
    assert set(first) == {"entry", "line", "candidates", "proposal", "margin"}
    assert (first["line"], nobody["line"]) == (1, 3)
    best = first["candidates"][0]
    assert set(best) == {"person", "external_ids", "name", "probability", "reasons"}
    assert (best["person"], best["name"], best["external_ids"]) == (person.code, FIRST, {"archivo": ["77"]})
    assert set(best["reasons"][0]) == {"comparison", "words", "theirs", "ours", "weight"}
    assert first["proposal"] in (person.code, "unsure")
    assert nobody["proposal"] in ("new", "unsure")
    assert Fact.objects.count() == facts
    assert not NameList.objects.exists()
    shown = here("match", str(file)).out
    assert FIRST in shown
    assert person.code in shown


def test_how_sure_a_proposal_must_be_can_be_chosen(
    here: Command, admin: User, case: NewCase, file: Path
) -> None:
    person = case(admin, FIRST)
    for accept, proposal in (("0.1", person.code), ("1", "unsure")):
        assert (
            here("match", str(file), "--accept", accept, "--json").json["entries"][0]["proposal"] == proposal
        )
    for wrong in ("0", "1.5", "-1"):
        assert here("match", str(file), "--accept", wrong).err.startswith("[list.threshold]")
    assert len(here("match", str(file), "--top", "1", "--json").json["entries"][0]["candidates"]) == 1


def test_a_list_comes_from_standard_input(
    here: Command, admin: User, case: NewCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = case(admin, FIRST)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FIRST.encode())))
    (only,) = here("match", "-", "--json").json["entries"]
    assert only["candidates"][0]["person"] == person.code


def test_what_can_be_done_on_the_pages_can_be_done_here(
    here: Command, admin: User, case: NewCase, file: Path
) -> None:
    person, other = case(admin, FIRST), case(admin, OTHER)
    number = str(_keep(here, file))
    (line,) = here("lists", "list", "--json").json["lists"]
    assert (line["names"], line["counts"]["undecided"], line["recorded"]) == (3, 3, 0)
    shown = here("lists", "show", number, "--json").json
    assert shown["entries"][0]["candidates"][0]["person"] == person.code
    told = here("lists", "decide", number, "1", "same", person.code, "--json").json["entry"]
    assert (told["group"], told["person"]) == ("both", person.code)
    assert here("lists", "decide", number, "2", "new").code == 0
    would = here("lists", "accept", number, "--json").json
    assert would["recorded"] is None
    assert [(row["person"], row["why"]) for row in would["would"]] == [
        (person.code, None),
        (None, "not_here"),
    ]
    assert standing(admin, person)[1] == "in_custody"
    done = here("lists", "accept", number, "--yes", "--json").json
    assert done["recorded"] == {"facts": 1, "attested": 0, "cases": 0, "left": []}
    assert standing(admin, person) == ("in_custody", "out_unspecified")
    assert here("lists", "show", number, "--group", "ours").code == 0
    more = here("lists", "accept", number, "--threshold", "0.5", "--yes", "--json").json
    assert more["recorded"]["facts"] == 1
    assert standing(admin, other)[1] == "out_unspecified"
    assert here("lists", "undo", number, "--entry", "1", "--json").json["withdrawn"] == 1
    assert here("lists", "undo", number, "--json").json["entries"] == 1
    assert standing(admin, person)[1] == standing(admin, other)[1] == "in_custody"
    for words in (("lists", "list"), ("lists", "show", number), ("lists", "accept", number)):
        assert here(*words).code == 0


def test_an_entry_can_be_left_out_of_what_is_accepted(
    here: Command, admin: User, case: NewCase, file: Path
) -> None:
    person, other = case(admin, FIRST), case(admin, OTHER)
    number = str(_keep(here, file))
    asked = ("lists", "accept", number, "--threshold", "0.5", "--without", "1", "--yes", "--json")
    assert here(*asked).json["recorded"]["facts"] == 1
    assert (standing(admin, person)[1], standing(admin, other)[1]) == ("in_custody", "out_unspecified")


def test_the_same_file_is_refused_unless_again_and_editions_are_compared(
    here: Command, admin: User, file: Path
) -> None:
    first = _keep(here, file)
    asked = ("match", str(file), "--keep", "--kind", "released", "--source-kind", "press", "--title", "L")
    refused = here(*asked, "--day", "2026-03-10")
    assert (refused.code, refused.err.startswith("[list.there]")) == (2, True)
    file.write_text(f"{OTHER}\nAlguien Más Inventado\n", encoding="utf-8")
    later = _keep(here, file, "--earlier", str(first))
    told = here("lists", "changes", str(later), "--json").json
    assert (told["same"], [one["entry"] for one in told["added"]], len(told["gone"])) == (
        1,
        ["Alguien Más Inventado"],
        2,
    )
    assert here("lists", "changes", str(later)).code == 0
    assert here("lists", "changes", str(first)).err.startswith("[list.no_earlier]")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("match", "no-existe.txt"), 2, "[cli.file]"),
        (("match", "/"), 2, "[cli.file]"),
        (("lists", "show", "99"), 3, "[list.not_found]"),
        (("lists", "show", "99", "--group", "x"), 2, "[cli.list_group]"),
        (("lists", "decide", "99", "1", "new"), 3, "[list.not_found]"),
        (("lists", "accept", "99", "--yes"), 3, "[list.not_found]"),
        (("lists", "undo", "99"), 3, "[list.not_found]"),
    ],
)
def test_what_is_not_there_is_said(
    arguments: tuple[str, ...], code: int, says: str, here: Command, admin: User
) -> None:
    told = here(*arguments)
    assert (told.code, told.err.startswith(says)) == (code, True), told.err


def test_keeping_needs_to_know_what_the_list_says_and_who_says_so(
    here: Command, admin: User, file: Path
) -> None:
    assert here("match", str(file), "--keep", "--title", "L").err.startswith("[cli.list_needs]")
    given = ("match", str(file), "--keep", "--kind", "held", "--source-kind", "press")
    assert here(*given, "--title", "L").err.startswith("[list.day]")
    assert here(*given, "--title", "L", "--day", "zzz").code == 2
    assert here(*given, "--day", "2026-03-10").err.startswith("[list.title]")
    assert not NameList.objects.exists()


def test_who_may_not_read_names_is_shown_none(here: Command, admin: User, file: Path) -> None:
    from_nobody = User.objects.create(
        username="lea", display_name="Lea", role=Role.READER, regions=[], created_at=admin.created_at
    )
    told = here("--as", from_nobody.username, "match", str(file))
    assert (told.code, told.out) == (4, "")
