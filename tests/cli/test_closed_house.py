"""The terminal of a register that was closed with its key: what needs the key is refused in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from constancia.cli.main import app
from constancia.infra import bootstrap, modes, unlocked
from constancia.infra.modes import Mode
from tests.cli.conftest import Result
from tests.support.houses import PASSPHRASE
from tests.support.lists import FREE, HEADER, lines

WITHOUT_A_KEY = {
    "demo": "makes another register",
    "init": "makes another register",
    "restore": "makes another register",
    "backup check": "reads a backup",
    "backup identity": "makes a key of its own",
    "backup prune": "deletes old backups",
    "doctor": "says how it stands",
    "evidence check": "what outsiders check",
    "claims read": "reads a text, and no register",
    "figures list": "what the figures are, which the program knows",
    "link compare": "reads what was encoded elsewhere",
    "link encode": "encodes a list without any register",
    "keys list": "what stands in the keystore, which anybody with the folder reads",
    "keys new-identity": "makes a key of its own",
    "keys open-with-shares": "opens it: enough people are there",
    "keys read-share": "reads a share with the key of who holds it",
    "ledger consistency": "what outsiders check",
    "lock": "closes it",
    "region read-copy": "reads a copy with the key of who keeps it abroad",
    "mode show": "says how it stands",
    "unlock": "opens it: somebody types the passphrase",
    "serve": "opens it: somebody types the passphrase",
    "verify": "what outsiders check",
    "witness drop-key": "of who witnesses, elsewhere",
    "verify-receipt": "what outsiders check",
    **dict.fromkeys(
        ("audit bound", "audit check", "audit key", "audit result", "audit sign"), "the auditor's own machine"
    ),
    **dict.fromkeys(
        ("witness add-log", "witness init", "witness serve", "witness show"), "the witness's machine"
    ),
}
WORDS = {
    "as_of": "2026-01-01",
    "to_as_of": "2026-02-01",
    "opening": "2026-01-01",
    "closing": "2026-02-01",
    "until": "2099-01-01",
    "role": "reader",
    "new": "reader",
    "what": "kek",
    "verdict": "same",
    "address": "https://example.org/x",
    "host": "example.org",
    "about": "facts",
    "ground": "danger",
}
"""What a command asks for that takes neither any word nor any number, by the name of the parameter."""
NUMBERS = {"number", "draft", "fact", "n", "of", "need", "edition", "entry", "first"}
PATHS = {"file", "path", "bundle", "folder", "out", "roots"}
ASKED_FOR = {
    "import": ("--list",),
    "link lists": ("LIST", "--mapping", "MAPPING"),
    "review fact": ("--confirm",),
    "review import": ("--confirm",),
}
"""What a command asks for beyond what it says it needs."""


def _commands() -> Iterator[tuple[str, Any]]:
    def walk(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield " ".join(path), command
        for name, one in sorted((inner or {}).items()):
            yield from walk(one, (*path, name))

    return walk(typer.main.get_command(app), ())


def _line(name: str, command: Any, file: Path, papers: dict[str, str]) -> list[str]:
    """The command with something in every place that must be filled."""
    line = name.split()
    for one in command.params:
        if one.required:
            word = "1" if one.name in NUMBERS else str(file) if one.name in PATHS else ""
            word = word or WORDS.get(one.name, "algo")
            line += [word] if one.param_type_name == "argument" else [one.opts[0], word]
    return line + [papers.get(word, word) for word in ASKED_FOR.get(name, ())]


def test_in_a_closed_register_every_command_that_needs_its_key_is_refused_alike(
    new_home: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """With the right passphrase in the surroundings; a command that is not listed and goes on fails."""
    home = new_home()[0]
    modes.change(home, Mode.CLOSED)
    monkeypatch.setenv("CONSTANCIA_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(unlocked, "is_unlocked", lambda: False)
    monkeypatch.setattr(bootstrap, "start", lambda *_, **__: pytest.fail("opened"))
    file = tmp_path / "algo.txt"
    file.write_text("algo")
    (tmp_path / "lista.csv").write_text("\n".join(",".join(line) for line in [HEADER, *lines(3)]))
    (tmp_path / "mapa.toml").write_text(FREE)
    papers = {"LIST": str(tmp_path / "lista.csv"), "MAPPING": str(tmp_path / "mapa.toml")}
    whole, answers = typer.main.get_command(app), {}
    for name, command in _commands():
        if name not in WITHOUT_A_KEY:
            with pytest.raises(SystemExit) as ended:
                whole.main(["--home", str(home.path), *_line(name, command, file, papers)])
            told = capsys.readouterr()
            answers[name] = Result(int(ended.value.code or 0), told.out, told.err)
    assert len(answers) > 50
    alike = answers["user list"]
    assert (alike.code, alike.out, alike.err.partition("]")[0]) == (5, "", "[store.closed")
    others = {name: answer.err for name, answer in answers.items() if answer != alike}
    assert others == {}, "\n".join(f"{name}: {said}" for name, said in others.items())


def test_every_command_that_goes_on_without_the_key_exists() -> None:
    assert set(WITHOUT_A_KEY) <= {name for name, _ in _commands()}
