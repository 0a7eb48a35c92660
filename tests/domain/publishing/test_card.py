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
        "32 menos que al 24 de febrero. 32 excarcelaciones desde la edición anterior. "
        "Cambios desde el 24 de febrero: excarceladas, −41; conocidas tarde, +6; detenidas, +4; "
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
    assert says.released.label == "excarcelaciones desde el 8 de enero"


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
    assert "Cambios desde el 24 de febrero: Nada cambió. " in card_alt(without(balance=still), "es")
