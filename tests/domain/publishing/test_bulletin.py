from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.language import Language
from constancia.domain.publishing.bulletin import LONG, MESSAGE, POST, Bulletin, bulletin, weighted_length
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.names import numbered
from tests.support.editions import content
from tests.support.golden import golden
from tests.support.report_texts import bare

GOLDEN = Path(__file__).parent / "golden"


def fits(found: Bulletin) -> bool:
    return weighted_length(found.post) <= POST and len(found.message) <= MESSAGE and len(found.long) <= LONG


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("edition", ["whole", "first"])
def test_the_bulletin_reads_as_it_did_when_it_was_found_good(language: Language, edition: str) -> None:
    found = bulletin(content() if edition == "whole" else bare(content()), language)
    text = "\n----\n".join((found.post, found.message, found.long)) + "\n"
    golden(GOLDEN / f"bulletin-{edition}.{language}.txt", text)
    assert fits(found)


def test_every_number_of_the_bulletin_was_frozen() -> None:
    frozen = " ".join(number.text for number in numbered(content(), "es").values())
    allowed = set(re.findall(r"\d+(?:[.,]\d+)*", frozen))
    titles = " ".join(one.title for one in content().announcements)
    titles += content().errata[0].words.es + " ".join(one.label.es for one in content().figures)
    for text in (bulletin(content(), "es").post, bulletin(content(), "es").long):
        printed = set(re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"\d\d/\d\d/\d{4}", "", text)))
        assert printed <= allowed | set(re.findall(r"\d+", titles))


def test_the_post_says_the_number_its_two_dates_and_the_edition() -> None:
    post = bulletin(content(), "es").post
    for part in ("541", "2 de marzo de 2026", "según lo sabido", "edición 2", "99", "61", "32"):
        assert part.casefold() in post.casefold()


def test_a_rise_is_called_a_rise_and_no_change_no_change() -> None:
    balance = content().balance
    assert balance is not None
    more = content().model_copy(update={"balance": balance.model_copy(update={"opening": 500})})
    same = content().model_copy(update={"balance": balance.model_copy(update={"opening": 541})})
    assert "41 más que el 24 de febrero" in bulletin(more, "es").post
    assert "The same total as on 24 February" in bulletin(same, "en").post


def test_without_a_balance_releases_are_given_with_their_days() -> None:
    found = bulletin(content().model_copy(update={"balance": None}), "es")
    assert "desde entonces" not in found.post
    assert "Excarcelaciones verificadas del 25 de febrero al 2 de marzo de 2026: 32." in found.post


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("hola", 4),
        ("señal «así» — “así”", 19),
        ("−", 2),
        ("漢字", 4),
        ("e\u0301", 1),
        ("mire https://a.example/x", 5 + 23),
        ("18.931", 6),
    ],
)
def test_a_post_is_as_long_as_x_counts_it(text: str, length: int) -> None:
    assert weighted_length(text) == length


def named(organisation: str, title: str, label: str) -> Content:
    first, *rest = content().announcements
    head, *others = content().figures
    words = head.label.model_copy(update={"es": label, "en": label})
    return content().model_copy(
        update={
            "organisation": organisation,
            "announcements": (
                first.model_copy(
                    update={"claimant": head.label.model_copy(update={"es": title, "en": title})}
                ),
                *rest,
            ),
            "figures": (head.model_copy(update={"label": words}), *others),
        }
    )


def test_what_messengers_take_for_marks_is_left_out_of_names() -> None:
    found = bulletin(named("*Org*_~`", "*99* ~que~", "personas"), "es")
    assert "• 99 que, 25 de diciembre de 2025: 99 anunciadas, *61* verificadas" in found.message
    assert "Más: Org, edición 2." in found.message


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=400))
def test_whatever_things_are_called_the_limits_hold(organisation: str, title: str, label: str) -> None:
    found = bulletin(named(organisation, title, label), "en")
    assert fits(found)
    assert "541" in found.post
    assert "541" in found.message


def test_what_cannot_fit_at_all_leaves_the_number_its_day_and_the_edition() -> None:
    found = bulletin(named("Org", "t", "personas " * 300), "es")
    assert found.post == "541 al 2 de marzo de 2026. Edición 2."
    assert found.long == found.post


@given(st.integers(0, 400))
def test_a_message_never_tells_who_came_in_without_who_went_out(length: int) -> None:
    whole = content()
    balance = whole.balance
    assert balance is not None
    term = balance.came[1]
    label = term.label.model_copy(update={"es": "detenidas " + "x" * length})
    longer = balance.model_copy(
        update={"came": (term.model_copy(update={"label": label}), *balance.came[2:])}
    )
    message = bulletin(whole.model_copy(update={"balance": longer}), "es").message
    assert ("Entraron en la cuenta" in message) == ("Salieron de la cuenta" in message)
    assert len(message) <= MESSAGE
