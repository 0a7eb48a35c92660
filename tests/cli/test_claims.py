"""Documents and decisions on their claims, from the command line. Nothing is fetched here."""

from __future__ import annotations

from pathlib import Path

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.claims import queries
from constancia.apps.claims.services import documents
from constancia.infra import fetching
from tests.apps.claims.papers import TEXT, held
from tests.cli.conftest import Command

pytestmark = pytest.mark.django_db
PAGE = f"""<!doctype html><html lang=es><head><meta charset=utf-8><title>Un balance</title>
<meta property="article:published_time" content="2024-09-18"></head><body><article><h1>Un balance</h1>
{"".join(f"<p>{line}</p>" for line in TEXT.splitlines())}
<p>Lo dijo la vocera del comité, que pidió una vez más las listas de las personas que salieron.</p>
</article></body></html>"""


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "propose", lambda text, *_: [held(text=text)] if "120 per" in text else [])


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "balance.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_a_file_is_added_its_claim_decided_and_shown(here: Command, admin: User, paper: Path) -> None:
    added = here("claims", "add", str(paper), "--title", "Un balance", "--published", "2026-03-04", "--json")
    assert added.json == {"document": added.json["document"], "proposed": 1, "notes": []}
    number = str(added.json["document"])
    listed = here("claims", "list", "--json").json["documents"]
    assert [(one["title"], one["language"], one["counts"]["proposed"]) for one in listed] == [
        ("Un balance", "es", 1)
    ]
    (claim,) = here("claims", "show", number, "--json").json["claims"]
    assert (claim["standing"], claim["value"], claim["as_of"]) == ("proposed", 120, "2026-03-03")
    told = here("claims", "confirm", str(claim["number"]), "--note", "leída", "--json").json["claim"]
    assert (told["standing"], told["note"], told["decided_by"]) == ("confirmed", "leída", "Adela")
    assert "por decidir" in here("claims", "retract", str(claim["number"])).out
    assert "rechazada" in here("claims", "reject", str(claim["number"])).out
    assert queries.confirmed(admin) == []
    for words in ("Un balance", "120"):
        assert words in here("claims", "show", number).out
    assert "Un balance" in here("claims", "list").out


def test_a_text_that_is_there_is_refused_unless_again(here: Command, admin: User, paper: Path) -> None:
    add = ("claims", "add", str(paper), "--title", "Un balance")
    assert here(*add).code == 0
    assert here(*add).err.startswith("[claims.document_there]")
    assert here(*add, "--again").code == 0


def test_a_claim_that_is_not_there_and_a_file_that_is_not_are_said_to_be(here: Command, admin: User) -> None:
    assert here("claims", "confirm", "999").err.startswith("[claim.not_found]")
    assert here("claims", "show", "999").err.startswith("[claims.document_not_found]")
    assert here("claims", "add", "/no/hay/nada.txt", "--title", "x").err.startswith("[cli.file]")


def test_what_a_document_says_of_itself_is_believed_only_when_asked(
    here: Command, admin: User, tmp_path: Path
) -> None:
    file = tmp_path / "balance.html"
    file.write_text(PAGE, encoding="utf-8")
    assert here("claims", "add", str(file)).err.startswith("[claims.title]")
    number = here("claims", "add", str(file), "--title", "Otro", "--json").json["document"]
    doubted = here("claims", "show", str(number), "--json").json
    assert (doubted["title"], doubted["published"]) == ("Otro", None)
    number = here("claims", "add", str(file), "--as-it-says", "--again", "--json").json["document"]
    believed = here("claims", "show", str(number), "--json").json
    assert (believed["title"], believed["published"]) == ("Un balance", "2024-09-18")


def test_a_document_is_asked_of_the_host_that_was_named(
    here: Command, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def answer(address: str, host: str) -> fetching.Fetched:
        asked.append((address, host))
        return fetching.Fetched(PAGE.encode(), "https://diario.example/balance", "text/html")

    monkeypatch.setattr(fetching, "fetch", answer)
    address = "https://diario.example/b"
    told = here("claims", "fetch", address, "--host", "diario.example", "--title", "Un balance", "--json")
    assert asked == [(address, "diario.example")]
    assert told.json["proposed"] == 1
    shown = here("claims", "show", str(told.json["document"]), "--json").json
    assert shown["address"] == "https://diario.example/balance"
    assert here("claims", "fetch", address).code == 2


def test_a_document_is_read_again_and_a_model_is_asked_only_where_there_is_one(
    here: Command, admin: User, paper: Path
) -> None:
    number = str(here("claims", "add", str(paper), "--title", "Un balance", "--json").json["document"])
    assert here("claims", "again", number, "--json").json == {"document": int(number), "proposed": 0}
    refused = here("claims", "again", number, "--model")
    assert (refused.code, refused.err.startswith("[model.off]")) == (7, True)


def test_nobody_is_asked_for_somebody_who_may_not_add(
    here: Command, admin: User, lara: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "fetch", lambda *_: pytest.fail("somebody was asked"))
    told = here("claims", "fetch", "https://diario.example/nota", "--host", "diario.example", "--as", "laura")
    assert told.err.startswith("[account.not_allowed]")


def test_the_history_of_a_claim_and_of_its_document_is_told(here: Command, admin: User, paper: Path) -> None:
    number = str(here("claims", "add", str(paper), "--title", "Un balanze", "--json").json["document"])
    (claim,) = here("claims", "show", number, "--json").json["claims"]
    one = str(claim["number"])
    assert here("claims", "retract", one).err.startswith("[claim.not_decided]")
    here("claims", "confirm", one)
    assert here("claims", "reject", one).err.startswith("[claim.decided]")
    here("claims", "retract", one, "--note", "fue un error")
    fix = ("claims", "correct-document", number, "--title", "Un balance", "--published", "2026-03-04")
    told = here(*fix, "--reason", "mal copiado", "--json").json["document"]
    assert (told["title"], told["published"], told["withdrawn"]) == ("Un balance", "2026-03-04", False)
    assert here(*fix, "--reason", "mal copiado").err.startswith("[claims.document_unchanged]")
    shown = here("claims", "show", number, "--json").json
    assert [step["changed"]["title"] for step in shown["history"]] == [
        {"before": "Un balanze", "after": "Un balance"}
    ]
    steps = shown["claims"][0]["history"]
    assert [(step["deed"], step["by"], step["note"]) for step in steps] == [
        ("read", "Adela", ""),
        ("confirm", "Adela", ""),
        ("retract", "Adela", "fue un error"),
    ]
    written = here("claims", "show", number).out
    for words in ("Corregido: Adela", "mal copiado", "Lo que se hizo con ellas", "fue un error"):
        assert words in written
    assert here("claims", "withdraw", number, "--reason", "de otro país").code == 0
    assert here("claims", "show", number, "--json").json["claims"][0]["standing"] == "withdrawn"
    assert here("claims", "confirm", one).err.startswith("[claims.document_withdrawn]")
