"""`constancia link` on the command line: lists, labels, encodings; and what it refuses."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.accounts.services import create_user
from constancia.apps.register.models import Fact
from constancia.domain.vocabulary.terms import Role
from tests.cli.conftest import Command
from tests.support.lists import FREE, HEADER, Line, lines

SECRET = "un secreto inventado, largo y 1234"
Written = Callable[..., str]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """written("a.csv", lines(5)) or written("m.toml", text) → the file's name."""

    def write(name: str, content: str | list[Line]) -> str:
        path = tmp_path / name
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([HEADER, *content])
        path.chmod(0o600)
        return str(path)

    return write


@pytest.fixture
def two(written: Written) -> tuple[str, ...]:
    one, other = written("a.csv", lines(40)), written("b.csv", lines(40, prefix="b", first=10))
    return one, other, "--mapping", written("m.toml", FREE)


def test_two_lists_are_linked_without_any_register(
    run: Command, two: tuple[str, ...], tmp_path: Path
) -> None:
    said = run("--home", str(tmp_path / "none"), "link", *two, "--json", "--out", str(tmp_path / "o")).json
    assert said["overlap"]["both"] == pytest.approx(30, abs=2)
    assert said["truth"]["clusters"]["f1"] > 0.93
    assert said["blocking"]["expected_completeness"] == 1
    assert not (tmp_path / "none").exists()
    for name in ("pairs.csv", "clusters.csv"):
        path = tmp_path / "o" / name
        assert path.stat().st_mode & 0o077 == 0
        assert "urdaneta" not in path.read_text("utf-8").casefold()


def test_tables_are_for_people(run: Command, two: tuple[str, ...]) -> None:
    told = run("link", "lists", *two)
    assert told.code == 0
    assert "en las dos" in told.out
    assert "in both" in run("link", *two, "--lang", "en").out, "not in English"


def test_a_sample_is_drawn_labelled_and_read_back(run: Command, two: tuple[str, ...], tmp_path: Path) -> None:
    sample = tmp_path / "muestra.csv"
    drawn = run("link", *two, "--sample", str(sample), "--sample-size", "30", "--json").json["sample"]
    rows = list(csv.DictReader(sample.open(encoding="utf-8-sig", newline="")))
    assert len(rows) == drawn
    assert run("link", "lists", "--labels", str(sample), "--json").err.startswith("[linking.no_labels]")
    with sample.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for row in rows:
            same = row["born 1"] == row["born 2"]
            writer.writerow({**row, "label": "igual" if same else "distinta"})
    curve = run("link", "--labels", str(sample), "--json").json["labels"]["curve"]
    assert curve[-1]["precision"] > 0.9
    assert "95 %" in run("link", "--labels", str(sample)).out


@pytest.mark.parametrize(
    ("column", "value"), [("label", "quizás"), ("pairs", "7"), ("pairs", "x"), ("from", "2"), ("below", "")]
)
def test_an_altered_sample_is_refused(
    run: Command, two: tuple[str, ...], tmp_path: Path, column: str, value: str
) -> None:
    sample = tmp_path / "muestra.csv"
    run("link", *two, "--sample", str(sample), "--json")
    rows = list(csv.DictReader(sample.open(encoding="utf-8-sig", newline="")))
    rows[-1] = {**rows[-1], "label": "igual", column: value}
    with sample.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    told = run("link", "--labels", str(sample), "--json")
    assert told.code == 2
    assert told.err.startswith("[linking.labels]" if len(rows) > 1 or column == "label" else "[")


def test_encodings_measure_the_overlap_without_names(
    run: Command, two: tuple[str, ...], written: Written, tmp_path: Path
) -> None:
    secret, mapping = written("s.txt", SECRET), two[3]
    for name in ("a", "b"):
        made = run(
            "link", "encode", str(tmp_path / f"{name}.csv"), "--mapping", mapping, "--secret-file", secret,
            "--out", str(tmp_path / f"{name}.clk"), "--keys", str(tmp_path / f"{name}.keys.csv"), "--json",
        ).json  # fmt: skip
        assert made["records"] == 40
    found = run("link", "compare", str(tmp_path / "a.clk"), str(tmp_path / "b.clk"), "--json").json
    assert found["both"] == pytest.approx(28, abs=4)
    assert found["both"] + found["only_first"] == 40
    assert "en las dos" in run("link", "compare", str(tmp_path / "a.clk"), str(tmp_path / "b.clk")).out
    other = written("s2.txt", SECRET + " otro")
    run(
        "link", "encode", str(tmp_path / "b.csv"), "--mapping", mapping, "--secret-file", other,
        "--out", str(tmp_path / "c.clk"),
    )  # fmt: skip
    told = run("link", "compare", str(tmp_path / "a.clk"), str(tmp_path / "c.clk"))
    assert told.err.startswith("[encoding.other_secret]")


def test_a_secret_that_others_may_read_or_that_is_short_is_refused(
    run: Command, two: tuple[str, ...], written: Written, tmp_path: Path
) -> None:
    out = ("--out", str(tmp_path / "x.clk"), "--mapping", two[3])
    secret = Path(written("s.txt", SECRET))
    secret.chmod(0o644)
    assert run("link", "encode", two[0], *out, "--secret-file", str(secret)).err.startswith(
        "[encoding.secret_file]"
    )
    short = written("s3.txt", "corto")
    assert run("link", "encode", two[0], *out, "--secret-file", short).err.startswith(
        "[encoding.secret_short]"
    )
    assert not (tmp_path / "x.clk").exists()


def test_too_few_fields_are_refused(
    run: Command, two: tuple[str, ...], written: Written, tmp_path: Path
) -> None:
    mapping = written("few.toml", FREE[: FREE.rindex("[[field]]")])
    secret, out = written("s.txt", SECRET), str(tmp_path / "x.clk")
    told = run("link", "encode", two[0], "--mapping", mapping, "--secret-file", secret, "--out", out)
    assert told.err.startswith("[encoding.few_fields]")


def test_a_list_that_says_it_repeats_nobody_and_does_is_refused(run: Command, written: Written) -> None:
    double = [*lines(3), ("x", *lines(1)[0][1:])]
    told = run(
        "link", written("a.csv", double), written("b.csv", lines(3)), "--mapping", written("m.toml", FREE)
    )
    assert told.err.startswith("[linking.not_free]")
    assert "Urdaneta" not in told.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("lists",), "linking.how_many"),
        (("a.csv", "b.csv", "c.csv"), "linking.how_many"),
        (("a.csv", "b.csv"), "linking.how_many"),
        (("a.csv", "--mapping", "nothing.toml"), "cli.file"),
        (("a.csv", "b.csv", "--mapping", "rldata", "--alone"), "linking.how_many"),
        (("a.csv", "b.csv", "--mapping", "rldata", "--accept", "1"), "linking.accept"),
        (("a.csv", "b.csv", "--mapping", "rldata"), "table.missing"),
        (("encode", "a.csv", "--out", "x"), "linking.how_many"),
        (("compare", "a.clk", "b.clk"), "encoding.not_ours"),
    ],
)
def test_a_wrong_command_is_refused_in_one_sentence(
    run: Command, arguments: tuple[str, ...], code: str
) -> None:
    told = run("link", *arguments)
    assert told.err.startswith(f"[{code}]")
    assert told.code == 2


IMPORT = """
title = "Registro inventado"
[source]
kind = "own_archive"
label = "Archivo inventado"
[dates]
order = "dmy"
[person]
scheme = "lista"
id = ["n"]
[[fact]]
kind = "name"
fields = { full = "{nombres} {apellidos}", given = "{nombres}", surnames = "{apellidos}" }
[[fact]]
kind = "birth"
fields = { born = { column = "nacimiento", as = "edtf" } }
[[fact]]
kind = "identity_document"
fields = { number = "{cédula}" }
[[fact]]
kind = "arrest"
when = { value = "2026-01-08", words = "8 de enero" }
"""


@pytest.mark.django_db
class TestWithTheRegister:
    @pytest.fixture
    def filled(self, here: Command, admin: User, written: Written) -> Written:
        table, mapping = written("a.csv", lines(30)), written("import.toml", IMPORT)
        assert here("import", table, "--mapping", mapping, "--yes", "--json").json["new_people"] == 30
        return written

    def test_the_register_is_linked_with_a_list_and_nothing_is_recorded(
        self, here: Command, filled: Written, tmp_path: Path
    ) -> None:
        before = Fact.objects.count()
        other, mapping = filled("b.csv", lines(30, prefix="b", first=10)), filled("m.toml", FREE)
        out = ("--out", str(tmp_path / "o"), "--sample", str(tmp_path / "m.csv"))
        assert here("link", other, "--mapping", mapping, *out).err.startswith("[approval.reason]")
        assert not (tmp_path / "o").exists()
        said = here("link", other, "--mapping", mapping, "--json", *out, "--reason", "contar la unión").json
        for file in (tmp_path / "o" / "pairs.csv", tmp_path / "o" / "clusters.csv", tmp_path / "m.csv"):
            (found,) = here("exports", "trace", str(file), "--json").json["exports"]
            assert (found["kind"], found["by"]) == ("export_linkage", "references")
            assert "La pidió Adela, a solas" in file.read_text("utf-8")
        assert "linking.no_labels" in here("link", "--labels", str(tmp_path / "m.csv"), "--json").err
        assert said["overlap"]["both"] == pytest.approx(20, abs=2)
        assert said["lists"][0]["register"]
        rules = {one["rule"]: one for one in said["rules"]}
        everybody = rules["all_detained"]
        assert everybody["union"]["lowest"] >= everybody["ours"]["lowest"]
        assert everybody["theirs_only"] == {"lowest": 0, "highest": pytest.approx(10, abs=2)}
        assert Fact.objects.count() == before

    def test_an_imports_mapping_reads_the_other_list_as_well(self, here: Command, filled: Written) -> None:
        other = filled("b.csv", lines(20, first=10))
        said = here("link", other, "--mapping", filled("import2.toml", IMPORT), "--json").json
        assert said["overlap"]["both"] == 20
        assert said["truth"] is None

    def test_who_does_not_see_the_whole_register_links_nothing(self, here: Command, filled: Written) -> None:
        create_user(None, "clara", "Clara", Role.COORDINATOR, ["VE-K"])
        told = here("link", filled("b.csv", lines(5)), "--mapping", filled("m.toml", FREE), "--as", "clara")
        assert told.code == 4
        told = here("link", "encode", "--out", "x.clk", "--secret-file", filled("s", SECRET), "--as", "clara")
        assert told.code == 4
