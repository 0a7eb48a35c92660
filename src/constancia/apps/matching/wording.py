"""Words of this room: groups, why nothing is recorded, by which rule somebody belongs on a list."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from constancia.apps.matching.queries.lists import Group
from constancia.apps.matching.queries.ours import AROUND, Rule
from constancia.domain.matching.bringing import Why
from constancia.domain.matching.shapes import Reason
from constancia.domain.matching.words import said
from constancia.infra.spoken import language

GROUPS = {
    Group.UNDECIDED: later("Por decidir"),
    Group.BOTH: later("En las dos"),
    Group.THEIRS: later("Solo en la lista"),
    Group.OURS: later("Solo en el registro"),
    Group.UNSURE: later("No se puede decir"),
}

WHY = {
    Why.NO_DETENTION: later("No se conoce ninguna detención de esta persona."),
    Why.OUT: later("Según el registro ya estaba fuera, por otra salida."),
    Why.SEVERAL: later("Tiene más de una detención abierta: mire a cuál se refiere."),
    Why.BEGAN_AFTER: later("Su detención empezó después del día de la lista."),
    Why.SEEN_AFTER: later("Alguien la vio presa después del día de la lista."),
    Why.DISPUTED: later("El registro ya lo dice y alguien lo pone en duda: resuélvalo en el caso."),
    Why.OTHERWISE: later("Está presa por una detención de otra fecha."),
    Why.UNCLEAR: later("Podría ser de una detención o de otra: mire el caso."),
    Why.NO_PLACE: later("La lista no dice a dónde: un traslado necesita el lugar."),
    Why.REPEATED: later("Otra entrada de la lista es la misma persona."),
    Why.RECORDED: later("Ya está anotada."),
    Why.IMPOSSIBLE: later("No puede ser cierto junto a lo que se sabe de la persona: mire el caso."),
    Why.NOT_HERE: later("No está en el registro, y esta lista no basta para abrirle un caso."),
}


def why(value: str) -> str:
    """Why nothing is recorded from an entry."""
    return str(WHY[Why(value)])


def group(value: str) -> str:
    """The name of a group."""
    return str(GROUPS[Group(value)])


def rule(value: str) -> str:
    """By which rule people of the register belong on a list, in a sentence."""
    words = {
        Rule.HELD_THERE: _(
            "Quienes según el registro estaban presas ese día en ese lugar (nadie sale por una salida sin"
            " verificar) y no son nadie de la lista."
        ),
        Rule.HELD_IN_STATE: _(
            "Quienes según el registro estaban presas ese día en ese estado del país (nadie sale por una"
            " salida sin verificar) y no son nadie de la lista."
        ),
        Rule.RELEASED: _(
            "Quienes según el registro salieron en el día de la lista o hasta %(days)s días antes o después,"
            " reportado o verificado, y no son nadie de la lista."
        ),
        Rule.ARRESTED: _(
            "Quienes según el registro fueron detenidas en el día de la lista o hasta %(days)s días antes o"
            " después, y no son nadie de la lista."
        ),
        Rule.MOVED: _(
            "Quienes según el registro llegaron a ese lugar en el día de la lista o hasta %(days)s días antes"
            " o después, y no son nadie de la lista."
        ),
        Rule.NO_PLACE: _("La lista no dice lugar ni estado del país: no se puede saber quién falta en ella."),
    }
    return words[Rule(value)] % {"days": AROUND}


def reason(one: Reason) -> str:
    """What a comparison found, as a sentence."""
    return said(one, language())
