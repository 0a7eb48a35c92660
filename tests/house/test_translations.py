"""Both languages say everything, and what is compiled is what is written."""

from __future__ import annotations

from pathlib import Path

from tools import messages


def test_everything_said_has_its_english_and_every_catalogue_is_compiled() -> None:
    found = messages.complaints()
    assert not found, "run `make messages`, then write the English:\n" + "\n".join(found[:40])


def test_a_message_without_english_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text(
        'from django.utils.translation import gettext as _\nx = _("Palabra nueva")\n'
    )
    gaps = messages._messages(tmp_path / "views.py")
    assert [message for _, message, _ in gaps] == ["Palabra nueva"]


def test_templates_are_heard_too(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}<p>{% translate "Registro" %}</p>{% blocktranslate %}Hola{% endblocktranslate %}'
    )
    assert [message for _, message, _ in messages._messages(page)] == ["Registro", "Hola"]


def test_indentation_in_a_template_hides_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}<ul>\n      {% translate "Uno" %}\n   </ul>\n it\'s {% translate "Dos" %}'
    )
    assert [message for _, message, _ in messages._messages(page)] == ["Uno", "Dos"]
