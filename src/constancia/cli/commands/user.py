"""`constancia user …`: the people of the house, for whoever holds the key."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import days, labels, output, serving
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import Role

if TYPE_CHECKING:
    from constancia.apps.accounts import factors, queries, services, sessions, travel
    from constancia.apps.accounts.models import User
    from constancia.infra import bootstrap, clock
else:
    bootstrap = late("constancia.infra.bootstrap")
    clock = late("constancia.infra.clock")
    factors = late("constancia.apps.accounts.factors")
    sessions = late("constancia.apps.accounts.sessions")
    travel = late("constancia.apps.accounts.travel")
    queries = late("constancia.apps.accounts.queries")
    services = late("constancia.apps.accounts.services")

Username = Annotated[str, typer.Argument(help=later("Nombre de usuario."))]
Regions = Annotated[
    list[str] | None, typer.Option("--region", help=later("Estado que coordina; puede repetirse."))
]
MAXIMUM_HOURS = 24 * 14


def create(
    context: typer.Context,
    username: Username,
    role: Annotated[Role, typer.Option(help=later("Rol."))],
    name: Annotated[str, typer.Option(help=later("Nombre visible; el de usuario si falta."))] = "",
    region: Regions = None,
) -> None:
    session = Session.of(context)
    session.start()
    made = services.create_user(_acting(session), username, name or username, role, region or ())
    _told(session, made, say("Creado. Déle un enlace de entrada con «constancia user link»."))


def list_(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    found = [described(user) for user in queries.people(None)]
    if not session.show({"users": found}):
        output.table(
            say("Personas de la casa"),
            [say("usuario"), say("nombre"), say("rol"), say("estados"), say("activo")],
            [
                [
                    u["username"],
                    u["name"],
                    labels.term("role", u["role"]),
                    ", ".join(labels.term("state", region) for region in u["regions"]),
                    say("sí") if u["active"] else say("no"),
                ]
                for u in found
            ],
        )


def role(
    context: typer.Context,
    username: Username,
    new: Annotated[Role, typer.Argument(metavar="ROLE", help=later("Rol nuevo."))],
    region: Regions = None,
) -> None:
    session = Session.of(context)
    session.start()
    changed = services.set_role(_acting(session), queries.person(None, username), new, region or ())
    _told(session, changed, say("Hecho: vale desde la próxima página que abra."))


Address = Annotated[str, typer.Option(help=later("Dirección del sitio."))]
Hours = Annotated[int, typer.Option(help=later("Horas que vale."))]


def link(
    context: typer.Context,
    username: Username,
    address: Address = "http://127.0.0.1:8000",
    hours: Hours = 24,
) -> None:
    _link(context, username, address, hours, resets_factors=False)


def reset(
    context: typer.Context,
    username: Username,
    address: Address = "http://127.0.0.1:8000",
    hours: Hours = 24,
) -> None:
    _link(context, username, address, hours, resets_factors=True)


def _link(context: typer.Context, username: str, address: str, hours: int, *, resets_factors: bool) -> None:
    session = Session.of(context)
    if not 1 <= hours <= MAXIMUM_HOURS:
        raise InputRefused("cli.hours", maximum=MAXIMUM_HOURS)
    session.start()
    user = queries.person(None, username)
    path = serving.sign_in_path(user, timedelta(hours=hours), True, resets_factors)
    where = address.rstrip("/") + path
    if not session.show({"link": where, "hours": hours}):
        output.sentence(where)


def sign_out(context: typer.Context, username: Username) -> None:
    session = Session.of(context)
    session.start()
    count = sessions.end_all(None, queries.person(None, username))
    if not session.show({"ended": count}):
        output.sentence(say("Sesiones cerradas: {count}.").format(count=count))


def begin_travel(
    context: typer.Context,
    username: Username,
    until: Annotated[str, typer.Option(help=later("Día en que vuelve (AAAA-MM-DD)."))],
) -> None:
    session = Session.of(context)
    day = days.day(until, "--until")
    session.start()
    today = clock.now().astimezone(bootstrap.zone()).date()
    changed = travel.begin(None, queries.person(None, username), day, today)
    _told(session, changed, say("Su cuenta está apagada; la enciende «constancia user travel-end»."))


def end_travel(context: typer.Context, username: Username) -> None:
    session = Session.of(context)
    session.start()
    changed = travel.end(None, queries.person(None, username))
    _told(session, changed, say("Su cuenta está encendida."))


def disable(context: typer.Context, username: Username) -> None:
    session = Session.of(context)
    session.start()
    changed = services.disable(None, queries.person(None, username))
    _told(session, changed, say("Desactivado: sus sesiones y enlaces terminaron."))


def enable(context: typer.Context, username: Username) -> None:
    session = Session.of(context)
    session.start()
    changed = services.enable(_acting(session), queries.person(None, username))
    _told(session, changed, say("Activado de nuevo."))


def _acting(session: Session) -> User | None:
    """Who gives a role. The holder of the key alone only where nobody is there who may."""
    return session.user() if session.acting is not None or queries.administrators() else None


def described(user: User) -> dict[str, Any]:
    return {
        "username": user.username,
        "name": user.display_name,
        "role": user.role,
        "regions": user.regions,
        "active": user.is_active,
        "second_factor": sorted({str(factor.type) for factor in factors.of(user)}),
        "away_until": user.away_until.isoformat() if user.away_until else None,
    }


def _told(session: Session, user: User, text: str) -> None:
    if not session.show({"user": described(user)}):
        output.sentence(text)


NAME = "user"
HELP = later("Las personas de la casa: usuarios, roles, estados, enlaces de entrada.")
COMMANDS = [
    ("create", create, later("Crea un usuario.")),
    ("list", list_, later("Los usuarios que hay.")),
    ("role", role, later("Cambia el rol o los estados de un usuario.")),
    ("link", link, later("Un enlace que lo deja entrar una vez y poner su contraseña.")),
    ("reset", reset, later("Un enlace que al usarse quita su segundo paso, para preparar otro.")),
    ("sign-out", sign_out, later("Cierra todas las sesiones de un usuario.")),
    ("travel", begin_travel, later("Apaga la cuenta de un usuario que viaja.")),
    ("travel-end", end_travel, later("Enciende la cuenta de un usuario que volvió.")),
    ("disable", disable, later("Cierra la puerta a un usuario; lo que registró queda.")),
    ("enable", enable, later("Deja entrar otra vez a un usuario desactivado.")),
]
