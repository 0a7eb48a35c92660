"""What the picture card says in words, whatever an edition lacks."""

from __future__ import annotations

from constancia.domain.publishing.card import card, card_alt
from constancia.domain.publishing.content import Content
from tests.support.editions import content


def without(*figures: str, **changes: object) -> Content:
    frozen = content()
    kept = tuple(one for one in frozen.figures if one.name not in figures)
    return frozen.model_copy(update={"figures": kept, **changes})


def test_the_alternative_text_says_all_that_the_card_says() -> None:
    assert card_alt(content(), "es") == (
        "Observatorio Ejemplar, edición 2. Al 2 de marzo de 2026: 541 personas detenidas, "
        "32 menos que al 24 de febrero. 32 excarcelaciones del 25 de febrero al 2 de marzo de 2026. "
        "La cuenta, de 573 a 541: Ya contadas y excarceladas, −41; conocidas tarde, +6; detenidas, +4; "
        "fallecidas, −1. "
        "Asamblea Nacional, 8 de enero de 2026: 405 verificadas; no se anunció número. "
        "Ministerio, 25 de diciembre de 2025: 61 verificadas de 99 anunciadas. "
        "Según lo sabido al 2 de marzo de 2026, 23:59."
    )  # fmt: skip
    assert card_alt(content(), "en").startswith(
        "Observatorio Ejemplar, edition 2. On 2 March 2026: 541 people held, 32 fewer than on 24 February."
    )


def test_a_first_edition_compares_with_nothing() -> None:
    first = without("released_since_previous", balance=None, previous=None, announcements=())
    says = card(first, "es")
    assert (says.change, says.changed, says.changes, says.promises) == ("", "", (), ())
    assert says.released is not None
    assert says.released.label == "excarcelaciones del 8 de enero al 2 de marzo de 2026"


def test_a_first_edition_says_how_many_it_counted_on_the_day_of_its_opening() -> None:
    balance = content().balance
    assert balance is not None
    opened = balance.model_copy(update={"edition": None})
    assert card(without(balance=opened, previous=None), "es").change == (
        "32 menos que al 24 de febrero, cuando contábamos 573"
    )


def test_what_is_drawn_of_the_changes_adds_up_to_the_change() -> None:
    balance = content().balance
    assert balance is not None
    term = balance.came[0]
    many = tuple(term.model_copy(update={"cause": f"c{n}", "value": n}) for n in (9, 8, 7, 3, 2, 1))
    says = card(without(balance=balance.model_copy(update={"came": many, "went": ()})), "es")
    assert [change for change, _ in says.drawn] == ["+9", "+8", "+7", "+3", "+3"]
    assert says.drawn[-1][1] == "Otras causas"
    assert len(says.changes) == 6


def test_an_edition_that_counts_nobody_still_has_a_card() -> None:
    names = tuple(one.name for one in content().figures)
    says = card(without(*names, balance=None), "en")
    assert (says.held, says.released) == (None, None)
    assert card_alt(without(*names, balance=None), "en").startswith(
        "Observatorio Ejemplar, edition 2. On 2 March"
    )


def test_a_balance_in_which_nothing_changed_says_so() -> None:
    balance = content().balance
    assert balance is not None
    still = balance.model_copy(update={"opening": 541, "came": (), "went": ()})
    says = card(without(balance=still), "es")
    assert says.change == "lo mismo que al 24 de febrero"
    assert "La cuenta, de 541 a 541: Nada cambió. " in card_alt(without(balance=still), "es")
