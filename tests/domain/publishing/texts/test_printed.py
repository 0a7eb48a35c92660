"""The content of an edition is open data: what the desk wrote to itself is not in it."""

from __future__ import annotations

import tomllib

import pytest

from constancia.domain.publishing.content import TextFile
from constancia.domain.publishing.texts.printed import plan_without_remarks, printed

PLAN = '# Preguntar a la madre\n[report]  # antes\nsections = ["contexto"] # de todo\nword = "a # b"\n'


def folder(**more: str) -> list[TextFile]:
    files = {"informe.toml": PLAN, "es/contexto.md": "# Uno\n{# Su\nmadre no quiere #}dos", **more}
    return [TextFile(path=path, text=text) for path, text in sorted(files.items())]


def test_remarks_are_gone_and_lines_are_where_they_were() -> None:
    texts = {one.path: one.text for one in printed(folder(), ("es",), ("contexto",))}
    assert texts["es/contexto.md"] == "# Uno\n\ndos"
    assert texts["informe.toml"] == '\n[report]\nsections = ["contexto"]\nword = "a # b"\n'


def test_sections_that_are_not_printed_stay_at_the_desk() -> None:
    more = {"es/borrador.md": "Nombres", "en/contexto.md": "Names"}
    kept = printed(folder(**more), ("es",), ("contexto",))
    assert [one.path for one in kept] == ["es/contexto.md", "informe.toml"]


def test_what_is_wrong_is_left_for_the_check_to_tell() -> None:
    assert len(printed(folder(), ("es",), ())) == 2
    (text, _) = printed(folder(**{"es/contexto.md": "uno {# dos"}), ("es",), ("contexto",))
    assert text.text == "uno {# dos"
    assert plan_without_remarks("= # no") == "= # no"


@pytest.mark.parametrize(
    "text",
    [
        'a = """uno # dos\n# tres"""\n',
        "a = '''uno # \"dos'''\nb = 'c # d'\n",
        'a = "\\"# no" # sí\n',
        'a = [\n  "x", # uno\n  "y",\n]\n',
    ],
)
def test_a_plan_says_the_same_without_its_remarks(text: str) -> None:
    assert tomllib.loads(plan_without_remarks(text)) == tomllib.loads(text)
