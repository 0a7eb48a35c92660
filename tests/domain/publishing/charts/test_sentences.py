"""The title of every chart of the invented edition, word for word, in both languages."""

from __future__ import annotations

import pytest

from constancia.domain.errors import InputRefused
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import DataTable, Number, TableCell, Text
from constancia.domain.publishing.charts import chart_names, described
from constancia.domain.publishing.charts.described import plain
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.names import numbered
from tests.support.editions import content

TITLES: dict[str, tuple[str, str]] = {
    "daily_releases": (
        "Del 8 de enero al 2 de marzo de 2026 hubo 465 excarcelaciones; "
        "el día con más fue el 17 de enero, con 66.",
        "There were 465 releases from 8 January to 2 March 2026; the day with most was 17 January, with 66.",
    ),
    "held_weekly": (
        "560 personas detenidas al 1 de marzo de 2026: 320 menos que el 4 de enero.",
        "560 people held on 1 March 2026: 320 fewer than on 4 January.",
    ),
    "balance": (
        "Del 24 de febrero al 2 de marzo de 2026 la cuenta pasó de 573 a 541 personas detenidas: "
        "se sumaron 10 y se restaron 42.",
        "From 24 February to 2 March 2026 the count went from 573 to 541 people held: "
        "10 were added and 42 taken off.",
    ),
    "announced": (
        "De 99 anunciadas el 25 de diciembre de 2025 están verificadas 61; "
        "del anuncio del 8 de enero de 2026, que no dio número, 405.",
        "Of 99 announced on 25 December 2025, 61 are verified; "
        "of the announcement of 8 January 2026, which gave no number, 405 are.",
    ),
    "pairs": (
        "De 541 personas detenidas, 104 son mujeres, 171 son militares, 140 tienen condena "
        "y 44 son extranjeras.",
        "Of 541 people held, 104 are women, 171 are military, 140 have been convicted "
        "and 44 are foreign nationals.",
    ),
    "map:held_by_state": (
        "De 541 personas detenidas, 301 están en Distrito Capital, 98 en Zulia y 70 en La Guaira.",
        "Of 541 people held, 301 are in Capital District, 98 in Zulia and 70 in La Guaira.",
    ),
    "bars:held_by_place": (
        "De 541 personas detenidas, 190 están en El Rodeo I, 121 en Yare II y 118 en Ramo Verde. "
        "De 112 no consta.",
        "Of 541 people held, 190 are in El Rodeo I, 121 in Yare II and 118 in Ramo Verde. "
        "For 112 it is not known.",
    ),
    "bars:held_by_sex": (
        "De 541 personas detenidas: Hombres, 424; Mujeres, 104. De 13 no consta.",
        "Of 541 people held: Men, 424; Women, 104. For 13 it is not known.",
    ),
    "bars:held_by_age_group": (
        "541 personas detenidas; varias categorías se publican en conjunto. De 9 no consta.",
        "541 people held; several categories are published together. For 9 it is not known.",
    ),
    "claims:held": (
        "Detenidas. JEP: 759; nuestro registro, con su misma regla: 566. "
        "La diferencia es de 193.",
        "Held. JEP: 759; our register, under the same rule as theirs: 566. "
        "The difference is 193.",
    ),
    "claims:released": (
        "Excarceladas. Gobierno: más de 800; nuestro registro, en el mismo período: 498. "
        "La diferencia es de 302.",
        "Released from prison. Government: more than 800; our register, for the same period: 498. "
        "The difference is 302.",
    ),
}  # fmt: skip

CAUSES = (" por ", "debido", "gracias a", "causa", "porque", "tras ", "because", "due to", "after ", "led to")
"""Words by which a sentence would say why."""


def cells(table: DataTable) -> list[TableCell]:
    return [cell for row in table.rows for cell in row.cells]


def numbers_of(table: DataTable) -> set[str]:
    return {run.text for cell in cells(table) for run in cell.runs if isinstance(run, Number)}


@pytest.mark.parametrize("name", TITLES)
def test_a_title_says_what_is_seen(name: str) -> None:
    found = tuple(plain(described(content(), name, language).title) for language in ("es", "en"))
    assert found == TITLES[name]


def test_no_title_and_no_note_of_the_daily_chart_says_why() -> None:
    for name in chart_names(content()):
        for language in ("es", "en"):
            told = plain(described(content(), name, language).title).lower()
            assert not [word for word in CAUSES if word in told], told


def test_all_charts_of_an_edition_have_a_name() -> None:
    names = chart_names(content())
    assert len(set(names)) == len(names)
    assert set(TITLES) <= set(names)
    assert "map:held_by_state_and_sex" not in names
    assert "bars:held_by_state_and_sex" not in names


def test_an_unknown_chart_is_refused_with_the_names_of_those_there_are() -> None:
    with pytest.raises(InputRefused) as refused:
        described(content(), "map:nothing", "es")
    assert refused.value.code == "edition.chart_unknown"
    assert refused.value.params["name"] == "map:nothing"
    assert "map:held_by_state" in str(refused.value.params["known"])


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_number_of_a_title_stands_in_the_table_behind_it_or_is_a_sum_or_difference_of_it(
    language: Language,
) -> None:
    computed = {"change", "in", "out", "difference", "size", "highest"}
    for name in chart_names(content()):
        told = described(content(), name, language)
        for run in told.title:
            if isinstance(run, Number) and run.name.rsplit(".", 1)[-1] not in computed:
                assert run.text in numbers_of(told.data), (name, run)


def test_a_number_that_the_edition_names_goes_by_that_name() -> None:
    titles = {name: described(content(), name, "es").title for name in chart_names(content())}
    named = {name: [run.name for run in title if isinstance(run, Number)] for name, title in titles.items()}
    assert named["daily_releases"] == ["released_since_8_january", "daily.daily_releases.highest"]
    assert named["balance"] == ["balance.opening", "held", "balance.in", "balance.out"]
    assert named["map:held_by_state"][:2] == ["held", "table.held_by_state.VE-A"]


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_number_prints_what_a_text_prints_that_inserts_its_name(language: Language) -> None:
    printed = numbered(content(), language)
    for name in chart_names(content()):
        told = described(content(), name, language)
        runs = [*told.title, *(run for cell in cells(told.data) for run in cell.runs)]
        for run in runs:
            if isinstance(run, Number) and run.name in printed:
                assert run.text == printed[run.name].text, (name, run)


def test_texts_hold_no_number_of_the_edition() -> None:
    figures = {"541", "465", "573", "759"}
    for name in chart_names(content()):
        title = described(content(), name, "es").title
        assert not [run for run in title if isinstance(run, Text) and figures & set(run.text.split())]


def test_a_flow_of_another_kind_speaks_of_its_definition() -> None:
    frozen = content()
    arrests = frozen.daily[0].model_copy(update={"name": "daily_arrests", "figure": "of_no_definition"})
    other: Content = frozen.model_copy(update={"daily": (arrests,)})
    assert plain(described(other, "daily_arrests", "es").title) == (
        "Excarcelaciones por día del 8 de enero al 2 de marzo de 2026: 465. "
        "El día con más fue el 17 de enero, con 66."
    )


def test_days_that_share_the_highest_number_are_both_named() -> None:
    frozen = content()
    days = tuple(
        day.model_copy(update={"value": 66}) if day.day.isoformat() == "2026-01-16" else day
        for day in frozen.daily[0].days
    )
    same = frozen.model_copy(update={"daily": (frozen.daily[0].model_copy(update={"days": days}),)})
    title = plain(described(same, "daily_releases", "es").title)
    assert title.endswith("Los días con más fueron el 16 de enero y el 17 de enero, con 66 cada uno.")


def test_a_claim_of_at_least_as_many_is_not_said_to_be_the_same() -> None:
    frozen = content()
    claims = tuple(
        one.model_copy(update={"qualifier": qualifier, "ours": 759, "restated": None, "difference": 0})
        for one, qualifier in ((frozen.claims[0], "exact"), (frozen.claims[0], "more_than"))
    )
    exact, more = (
        plain(described(frozen.model_copy(update={"claims": (one,)}), "claims:held", "es").title)
        for one in claims
    )
    assert exact.endswith("a la misma fecha: 759. No hay diferencia.")
    assert more == "Detenidas. JEP: más de 759; nuestro registro, a la misma fecha: 759."


def test_a_balance_with_nothing_on_one_side_says_none() -> None:
    frozen = content()
    assert frozen.balance is not None
    for changed, said in (
        ({"came": ()}, "no se sumó ninguna y se restaron 42."),
        ({"went": ()}, "se sumaron 10 y no se restó ninguna."),
        ({"came": (), "went": ()}, "no cambió nada."),
    ):
        balance = frozen.balance.model_copy(update=changed)
        title = plain(described(frozen.model_copy(update={"balance": balance}), "balance", "es").title)
        assert title.endswith(said)
