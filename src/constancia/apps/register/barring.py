"""Which rows the second barrier (`infra.barrier`) lets through: policies made from the models themselves.

A table with a column for a person, a fact, a detention or a row of another barred table is barred by it, also
one that a later version adds.
They are put in place after every migration; `missing` says what is not as it should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import connection, models

from constancia.apps.register.models import Assignment, CaseRegion, Detention, Fact, Person, Source, State
from constancia.domain.errors import ConstanciaError, DeploymentRefused
from constancia.infra import barrier

POLICY = "constancia_reach"
FREE = frozenset({CaseRegion._meta.db_table, Assignment._meta.db_table})
"""What the policies themselves read: which region a case belongs to, and to whom it is assigned."""
SEARCH = "register_search"
"""Not barred by a policy: the server would then read every row of it instead of the index. Whoever is
narrowed may read no word of it, only find people, and `search` joins those with the people within reach."""
SEARCHABLE = ("person", "words")

_WITHIN = (
    "(EXISTS (SELECT 1 FROM register_caseregion r WHERE r.person_id = {column}"
    f" AND r.region = ANY (string_to_array(current_setting('{barrier.REGIONS}', true), ',')))"
    " OR (SELECT a.active FROM register_assignment a WHERE a.person_id = {column}"
    f" AND a.user_id = nullif(current_setting('{barrier.ASSIGNED}', true), '')::bigint"
    " ORDER BY a.id DESC LIMIT 1))"
)
_OWN: dict[str, str] = {
    Person._meta.db_table: _WITHIN.format(column="register_person.id"),
    State._meta.db_table: _WITHIN.format(column="register_state.person"),
    Source._meta.db_table: (
        "(EXISTS (SELECT 1 FROM register_fact f WHERE f.source_id = register_source.id)"
        " OR EXISTS (SELECT 1 FROM register_attestation a WHERE a.source_id = register_source.id))"
    ),
}
_FIRST = (Person, Fact, Detention)
"""Where several columns lead to a case, the shortest way."""


def conditions() -> dict[str, str]:
    """Barred table → the rows of it that are within reach, as SQL."""
    found: dict[type[models.Model], str] = {}
    waiting = [model for model in apps.get_models() if model._meta.db_table not in FREE]
    while True:
        # One step further each time: what hangs on a fact, then what hangs on that.
        step = {model: told for model in waiting if (told := _condition(model, found))}
        if not step:
            return {model._meta.db_table: told for model, told in found.items()}
        found |= step
        waiting = [model for model in waiting if model not in found]


def _condition(model: type[models.Model], barred: Mapping[type[models.Model], str]) -> str:
    table = model._meta.db_table
    if table in _OWN:
        return _OWN[table]
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.is_relation and (field.related_model in _FIRST or field.related_model in barred)
    ]
    if not fields:
        return ""
    field = min(fields, key=lambda one: (_place(one.related_model), one.null))
    column, other = f"{table}.{field.column}", field.related_model
    if other is None or other is Person:
        told = _WITHIN.format(column=column)
    else:
        told = f"EXISTS (SELECT 1 FROM {other._meta.db_table} up WHERE up.{other._meta.pk.column} = {column})"
    # A row about nobody, as the review of a whole import, is nobody's secret.
    return f"({column} IS NULL OR {told})" if field.null else told


def _place(model: Any) -> int:
    return _FIRST.index(model) if model in _FIRST else len(_FIRST)


def put_up(**_: Any) -> None:
    """Make what is missing of the barrier; without the role, the policies alone. For after a migration."""
    if connection.vendor != "postgresql" or SEARCH not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, to_regrole(quote_ident(current_user || %s)) IS NOT NULL", [barrier.SUFFIX]
        )
        user, has_role = cursor.fetchone()
        role = barrier.role_for(user)
        wanted = _wanted(role)
        for table in _without_policy(wanted):
            for statement in _barring(table, *wanted[table]):
                cursor.execute(statement)
        if has_role and (_ungranted(role) or not _may_search(role)):
            for statement in _granting(role):
                cursor.execute(statement)
    barrier.forget()


def missing() -> Iterator[ConstanciaError]:
    """What of the barrier is not in place on this server: for `constancia doctor`."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT session_user, r.rolsuper OR r.rolbypassrls FROM pg_roles r WHERE r.rolname = session_user"
        )
        user, almighty = cursor.fetchone()
        role = barrier.role_for(user)
        if almighty:
            yield DeploymentRefused("doctor.almighty", role=user)
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcanlogin, pg_has_role(session_user, oid, 'SET')"
            " FROM pg_roles WHERE rolname = %s",
            [role],
        )
        found = cursor.fetchone()
    if found is None or not found[1]:
        yield DeploymentRefused("doctor.no_barrier", role=role, user=user)
        return
    if found[0]:
        yield DeploymentRefused("doctor.almighty", role=role)
    lacking = {*_without_policy(_wanted(role)), *_ungranted(role), *(() if _may_search(role) else (SEARCH,))}
    if lacking:
        yield DeploymentRefused("doctor.barrier", tables=", ".join(sorted(lacking)))


def _wanted(role: str) -> dict[str, tuple[str, str]]:
    """Table → name and condition of its policy. The name changes with the condition: the server gives the
    text back in its own words, which cannot be compared."""
    literal = role.replace("'", "''")
    found = {}
    for table, condition in conditions().items():
        # For whom the policy is not meant it changes nothing, even where they do not own the table: a policy
        # that narrows a count unseen would publish a false figure.
        told = f"current_user <> '{literal}' OR {condition}"
        found[table] = f"{POLICY}_{sha256(told.encode()).hexdigest()[:12]}", told
    return found


def _without_policy(wanted: dict[str, tuple[str, str]]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, array_agg(p.polname::text)"
            " FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
            " WHERE c.relrowsecurity AND c.relnamespace = current_schema()::regnamespace GROUP BY c.relname"
        )
        standing = dict(cursor.fetchall())
    # Policies add up: one more of anybody's would let more through.
    return [table for table, (name, _) in wanted.items() if standing.get(table) != [name]]


def _barring(table: str, name: str, told: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT polname FROM pg_policy WHERE polrelid = %s::regclass", [table])
        old = [row[0] for row in cursor.fetchall()]
    quoted = connection.ops.quote_name
    yield from (f"DROP POLICY {quoted(one)} ON {quoted(table)}" for one in old)
    yield f"CREATE POLICY {quoted(name)} ON {quoted(table)} USING ({told})"
    yield f"ALTER TABLE {quoted(table)} ENABLE ROW LEVEL SECURITY"


def _ungranted(role: str) -> list[str]:
    """Tables that the narrowed role cannot read at all: a page that needs one fails instead of showing it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
            " AND relname <> %s AND NOT has_table_privilege(%s, oid, 'SELECT')",
            [SEARCH, role],
        )
        return [row[0] for row in cursor.fetchall()]


def _may_search(role: str) -> bool:
    """Whether the narrowed role may find people in the search index, and read nothing else of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_column_privilege(%s, %s, 'words', 'SELECT'),"
            " has_column_privilege(%s, %s, 'names', 'SELECT')",
            [role, SEARCH] * 2,
        )
        return bool(cursor.fetchone() == (True, False))


def _granting(role: str) -> Iterator[str]:
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
    yield f"GRANT USAGE ON SCHEMA {schema} TO {quoted}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {quoted}"
    yield f"REVOKE SELECT ON {SEARCH} FROM {quoted}"
    yield f"GRANT SELECT ({', '.join(SEARCHABLE)}) ON {SEARCH} TO {quoted}"
