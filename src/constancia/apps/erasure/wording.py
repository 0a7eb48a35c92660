"""Words of this room: how far an erasure is, said so that nobody promises more than is true."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from constancia.apps.erasure.queries import Askable, Copies, Line, Stage
from constancia.apps.register import wording as facts
from constancia.apps.register.policy import zone
from constancia.domain.dates.build import day as known_day
from constancia.domain.dates.words import in_words
from constancia.domain.vocabulary.labels import label
from constancia.infra import clock
from constancia.infra.spoken import language

STAGES = {
    Stage.ASKED: later("Espera a otra persona"),
    Stage.REFUSED: later("Rechazada"),
    Stage.EXPIRED: later("Venció sin respuesta"),
    Stage.BEGUN: later("Empezó y no terminó"),
    Stage.ERASED: later("Borrada aquí; falta que venzan copias"),
    Stage.COMPLETE: later("Completo"),
}


def stage(one: Line) -> str:
    return str(STAGES[one.stage])


def offered(found: Askable) -> list[tuple[str, str]]:
    """What of a fact can be asked for, and how it is called."""
    fields = [(name, facts.field(found.kind, name)) for name in found.fields]
    notes = [
        (str(number), _("Nota de la revisión de %(who)s, %(day)s") % {"who": who, "day": _on(at)})
        for number, who, at in found.notes
    ]
    return fields + notes


def sentences(one: Line) -> list[str]:
    """How it stands, a few sentences for whoever asked and for what may be answered to the person."""
    given = {
        "number": one.number,
        "code": one.code,
        "about": one.about,
        "ground": label(one.ground, language()),
    }
    words = {
        "person": _("Petición %(number)s: borrar el caso %(code)s. Motivo: %(ground)s."),
        "evidence": _(
            "Petición %(number)s: borrar el archivo %(about)s del caso %(code)s. Motivo: %(ground)s."
        ),
        "source": _("Petición %(number)s: borrar quién es la fuente %(about)s. Motivo: %(ground)s."),
        "fact": _(
            "Petición %(number)s: borrar palabras del hecho %(about)s del caso %(code)s (%(what)s). "
            "Motivo: %(ground)s."
        ),
        "review": _(
            "Petición %(number)s: borrar la nota de la revisión %(about)s en el caso %(code)s (%(what)s). "
            "Motivo: %(ground)s."
        ),
    }
    if one.kind:
        of, fields = facts.kind(one.kind), [facts.field(one.kind, name) for name in one.fields]
        more = ", ".join(name.lower() for name in fields if name != of)
        given["what"] = f"{of}: {more}" if more else of
    told = [words[one.what] % given]
    if one.alike:
        told.append(
            _("Dicen lo mismo y van con él: hechos %(facts)s.") % {"facts": ", ".join(map(str, one.alike))}
        )
    if one.together:
        told.append(
            _("Se juzgó que son la misma persona, y se borran con ella: %(codes)s.")
            % {"codes": ", ".join(one.together)}
        )
    told.append(_("La pidió %(who)s el %(day)s.") % {"who": one.asked_by, "day": _on(one.asked_at)})
    if one.stage is Stage.ASKED:
        until = _on(one.expires_at)
        told.append(_("Falta que otra persona la apruebe. Vence el %(day)s.") % {"day": until})
    elif one.stage is Stage.EXPIRED:
        told.append(_("Nadie respondió a tiempo. No se borró nada; haga otra petición."))
    elif one.stage is Stage.REFUSED:
        told.append(_("La rechazó %(who)s. No se borró nada.") % {"who": one.answered_by})
    elif one.stage is Stage.BEGUN:
        told.append(
            _(
                "La aprobó %(who)s y el borrado empezó, pero se interrumpió. "
                "Complételo con «constancia erase finish»."
            )
            % {"who": one.answered_by}
        )
    elif one.copies is not None:
        told += _words_gone(one, one.copies)
    elif one.ended_at is not None and one.complete_on is not None:
        told += _done(one)
    return told


def _words_gone(one: Line, copies: Copies) -> list[str]:
    assert one.ended_at is not None
    told = [
        ngettext(
            "La aprobó %(who)s. Las palabras quedaron borradas de este registro el %(day)s, en un lugar. El "
            "hecho, su día y las cifras siguen.",
            "La aprobó %(who)s. Las palabras quedaron borradas de este registro el %(day)s, en %(count)s "
            "lugares. El hecho, su día y las cifras siguen.",
            one.records,
        )
        % {"who": one.answered_by, "day": _on(one.ended_at), "count": one.records}
    ]
    if not copies.made:
        told.append(_("Antes no se había hecho ningún respaldo de la base que las guarde."))
    elif not copies.left:
        told.append(
            _(
                "De los %(made)s respaldos anteriores no queda ninguno en la carpeta de esta casa. Si se "
                "copiaron a otra parte, bórrelos también allí."
            )
            % {"made": copies.made}
        )
    else:
        told.append(_still(one.ended_at, copies))
    told.append(
        _(
            "La llave de la persona sigue viva: quien tenga este registro abierto y adivine el texto exacto "
            "y completo podría comprobar con la bitácora que era ese."
        )
    )
    return told


def _still(ended: datetime, copies: Copies) -> str:
    given = {
        "left": copies.left,
        "day": _day(copies.last),
        "days": max(1, (clock.now() - ended).days),
        "from": _on(ended + timedelta(days=1)),
    }
    seen = _(
        "No está completo: en la carpeta de esta casa quedan %(left)s respaldos anteriores de la base, el "
        "último del %(day)s, y quien pueda abrirlos las lee."
    )
    unseen = _(
        "No está completo: antes se hicieron %(left)s respaldos de la base, el último del %(day)s, y quien "
        "pueda abrirlos las lee. Este programa no ve si siguen ahí."
    )
    do = _(
        "Haga un respaldo nuevo y, desde el %(from)s, borre los anteriores con «constancia backup prune "
        "CARPETA --keep-days %(days)s»."
    )
    return f"{seen if copies.seen else unseen} {do}" % given


def _done(one: Line) -> list[str]:
    assert one.ended_at is not None
    told = [
        _("La aprobó %(who)s. Quedó borrada de este registro el %(day)s.")
        % {"who": one.answered_by, "day": _on(one.ended_at)},
        _("Asientos vaciados: %(records)s. Llaves destruidas: %(keys)s. Archivos quitados: %(files)s.")
        % {"records": one.records, "keys": one.keys, "files": one.files},
    ]
    day = _day(one.complete_on)
    if one.stage is Stage.COMPLETE:
        told.append(_("Las copias de las llaves que guarda esta casa vencieron el %(day)s.") % {"day": day})
    else:
        told.append(
            _(
                "Hasta el %(day)s alguna copia de respaldo puede tener todavía la llave: "
                "no diga antes que el borrado está completo."
            )
            % {"day": day}
        )
    told.append(
        _(
            "Los respaldos viejos de la base guardan, cifrado, lo que no iba sellado con esas llaves "
            "(lugares, fechas, notas) hasta que se borren."
        )
    )
    told.append(
        _(
            "Lo que esta casa no puede borrar: lo ya publicado, lo que se entregó a otros "
            "y las copias que otras personas guardan fuera. Pídales que las borren."
        )
    )
    return told


def _day(when: date | None) -> str:
    return in_words(known_day(when), language()) if when is not None else ""


def _on(moment: datetime) -> str:
    return _day(moment.astimezone(zone()).date())
