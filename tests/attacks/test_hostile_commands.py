"""Command lines that nobody means: days there never were, words of the database, bytes that are no text."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from constancia.apps.accounts import services
from constancia.cli import words
from constancia.cli.main import app
from constancia.domain.vocabulary.terms import Role
from tests.attacks.conftest import PROGRAM, House, environment

CODE = "K7PM-3XQ4-T2"
DAYS = ["2026-02-30", "0000", "0000-00-00", "", "ayer", "١٩٩٩-٠١-٠١", "x" * 10_000, "2026-1-8", "20260108"]
INSTANTS = [day for day in DAYS if day != "20260108"] + ["2026-11-21T25:00", "9999-12-31T23:59:59-14:00"]
WORDS = [
    "' OR 1=1 --", 'NEAR(" * ^', '"', "*", "AND", "a NOT", "(", "name:x", "-x", "=HYPERLINK()", "%", "\\",
    "[bold]x[/]", "\x1b[31mx", "\u202egnp", "😀", "а" * 400, "a " * 249, "{0.__class__}", "../../x",
]  # fmt: skip


@dataclass(frozen=True)
class Told:
    code: int
    out: str
    err: str


Here = Callable[..., Told]


@pytest.fixture
def here(db: None, suite_home: Any, capsys: pytest.CaptureFixture[str]) -> Iterator[Here]:
    """Runs a command inside this process, on the register of the run."""
    services.create_user(None, "adela", "Adela", Role.ADMINISTRATOR)

    def run(*arguments: str) -> Told:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            app(["--home", str(suite_home.path), *arguments])
        said = capsys.readouterr()
        return Told(int(ended.value.code or 0), said.out, said.err)

    yield run
    words.use("es")


def is_one_sentence(told: Told) -> bool:
    return told.err.startswith("[") and told.err.count("\n") == 1 and "[internal]" not in told.err


@pytest.mark.parametrize("day", DAYS)
def test_a_day_that_never_was_is_refused_wherever_a_day_is_given(day: str, here: Here) -> None:
    for command in (
        ("figures", "show", "held", "--as-of", day),
        ("figures", "show", "released", "--from", day),
        ("case", CODE, "--as-of", day),
        ("balance", "--from", day, "--to", "2026-01-01"),
        ("balance", "--from", "2026-01-01", "--to", day),
        ("explain", "--as-of", day, "--to-as-of", "2026-01-01"),
    ):
        told = here(*command)
        assert (told.code, told.out) == (2, ""), command
        assert is_one_sentence(told)
        assert len(told.err) < 500


@pytest.mark.parametrize("instant", INSTANTS)
def test_an_instant_that_never_was_is_refused_wherever_one_is_given(instant: str, here: Here) -> None:
    for command in (
        ("figures", "show", "held", "--known-at", instant),
        ("case", CODE, "--known-at", instant),
        ("balance", "--from", "2026-01-01", "--to", "2026-01-02", "--known-from", instant),
    ):
        told = here(*command)
        assert (told.code, told.out) == (2, ""), command
        assert is_one_sentence(told)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2199-01-01"])
def test_a_day_at_the_end_of_the_calendar_is_answered_or_refused(day: str, here: Here) -> None:
    for command in (
        ("figures", "show", "held", "--as-of", day, "--json"),
        ("figures", "show", "held", "--known-at", day, "--json"),
        ("balance", "--from", "2026-01-01", "--to", day, "--json"),
        ("balance", "--from", day, "--to", "9999-12-31", "--json"),
        ("explain", "--as-of", day, "--to-as-of", day, "--json"),
    ):
        told = here(*command)
        assert told.code in (0, 2), command
        assert json.loads(told.out) if told.code == 0 else is_one_sentence(told)


def test_before_everything_was_known_there_is_nothing(here: Here) -> None:
    told = here("figures", "show", "held", "--known-at", "1950-01-01", "--json")
    assert json.loads(told.out)["value"] == 0


@pytest.mark.parametrize("text", WORDS)
def test_row_33_words_of_the_database_are_searched_as_words(text: str, here: Here) -> None:
    told = here("search", "--json", "--", text)
    assert (told.code, json.loads(told.out)["cases"]) == (0, [])


@pytest.mark.parametrize("text", WORDS)
def test_a_name_that_nothing_bears_is_refused_in_one_sentence_that_steers_no_terminal(
    text: str, here: Here
) -> None:
    for command, codes in (
        (("case", "--", text), (2, 3)),
        (("figures", "show", "--", text), (2, 3)),
        (("figures", "show", "held", f"--rule={text}"), (2, 3)),
        (("figures", "show", "held", f"--grade={text}"), (2,)),
        (("figures", "show", "held", f"--by={text}"), (2,)),
        (("--as", text, "search", "x"), (2, 3)),
        (("user", "link", "--", text), (3,)),
        (("user", "create", "--role", "reader", "--", text + "!"), (2,)),
    ):
        told = here(*command)
        assert told.code in codes, command
        assert is_one_sentence(told)
        assert "\x1b" not in told.err
        assert "\u202e" not in told.err


def test_numbers_of_thousands_of_digits_are_refused_or_find_nothing(here: Here) -> None:
    for number in ("9" * 30, "9" * 5000, "-1"):
        for command in (
            ("review", "fact", number, "--confirm"),
            ("review", "import", number, "--confirm"),
            ("review", "queue", "--page", number),
            ("search", "x", "--page", number),
            ("import", "--withdraw", number, "--reason", "x"),
            ("user", "link", "adela", "--hours", number),
        ):
            told = here(*command)
            assert told.code in (0, 2, 3), command
            assert told.code == 0 or is_one_sentence(told)


@pytest.mark.parametrize("text", ["\ud83d", "caf\udce9"])
def test_bytes_that_are_no_text_are_refused_before_anything(text: str, here: Here) -> None:
    for command in (("search", text), ("user", "link", text), ("--as", text, "search", "x"), ("case", text)):
        told = here(*command)
        assert (told.code, told.err.partition("]")[0]) == (2, "[cli.encoding")


def test_a_search_of_ten_thousand_characters_is_refused(here: Here) -> None:
    assert here("search", "a" * 10_000).code == 2


def test_bytes_of_an_old_encoding_reach_a_real_command_and_are_refused(house: House) -> None:
    told = subprocess.run(
        [*PROGRAM, "--home", str(house.path), "search", b"Pe\xf1a"],
        env=environment(), capture_output=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert (told.returncode, told.stderr.partition(b"]")[0]) == (2, b"[cli.encoding")
