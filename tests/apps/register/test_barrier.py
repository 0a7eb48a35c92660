"""The second barrier: with the application's filter gone, the server still hides cases of other regions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from constancia.apps.accounts.models import User
from constancia.apps.figures.queries import codes_seen_by, figure
from constancia.apps.ledger.services.sealing import seal
from constancia.apps.matching.duplicates import queries as doubles
from constancia.apps.register import access, barring, evidence, likeness, maintenance, opening, services
from constancia.apps.register import queries as register
from constancia.apps.register.likeness import asking
from constancia.apps.register.models import (
    Attestation,
    CaseCard,
    Detention,
    DocumentDigest,
    Evidence,
    Fact,
    PendingReview,
    Person,
    Review,
    Source,
    State,
)
from constancia.apps.register.services import FactGiven
from constancia.domain.errors import ConstanciaError
from constancia.domain.matching.shapes import Mention
from constancia.domain.vocabulary.terms import IdentityVerdict, Verdict
from constancia.infra import barrier
from constancia.infra.writer import writing
from tests.support.cast import SEEN, NewCase, judge, on

pytestmark = pytest.mark.django_db

MINE, THEIRS = "Laurencio Inventado Colmenares", "Zulimar Inventada Urdaneta"
Barred = tuple[type[Any], ...]
BARRED: Barred = (
    Person, Detention, Fact, Source, Attestation, Review, Evidence, CaseCard, State, DocumentDigest,
    PendingReview,
)  # fmt: skip


@dataclass(frozen=True)
class Two:
    """A case of Lara and one of Zulia, of equal shape."""

    mine: Person
    theirs: Person

    def arrest(self, person: Person) -> int:
        return int(person.facts.get(kind="arrest").pk)


@pytest.fixture
def two(desk: User, second: User, case: NewCase) -> Two:
    document = FactGiven("identity_document", {"number": "V-12345678"})
    order = FactGiven("release_order", {}, on("2026-01-20"))
    mine = case(desk, MINE, state="lara", source=SEEN)
    theirs = case(desk, THEIRS, state="zulia", more=(document, order))
    for person in (mine, theirs):
        seq = int(person.facts.get(kind="arrest").pk)
        evidence.attach(desk, seq, "Acta", b"%PDF-1.4 acta")
        services.attest(desk, seq, SEEN, Verdict.CONFIRM)
    services.review(second, int(theirs.facts.get(kind="release_order").pk), Verdict.DOUBT, "Nadie la vio.")
    return Two(mine, theirs)


@pytest.fixture
def server() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a barrier of the PostgreSQL server")


@pytest.fixture
def unfiltered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application's own filter, gone from everywhere."""
    gone = {
        "visible": lambda user: Person.objects.all(),
        "only_visible": lambda rows, user: rows,
        "in_regions": lambda user: None,
    }
    for name, instead in gone.items():
        was = getattr(access, name)
        for module in [one for one in sys.modules.values() if getattr(one, name, None) is was]:
            monkeypatch.setattr(module, name, instead)


READERS: dict[str, Callable[[User, Two], Any]] = {
    "person_of": lambda user, two: access.person_of(user, two.theirs.code).code,
    "fact_of": lambda user, two: services.fact_of(user, two.arrest(two.theirs)).person.code,
    "search": lambda user, two: register.search(user),
    "search by words": lambda user, two: register.search(user, "zulimar"),
    "search by code": lambda user, two: register.search(user, two.theirs.code),
    "search by document": lambda user, two: register.search(user, "V-12345678"),
    "lines_of": lambda user, two: register.lines_of(user, [two.theirs.pk]),
    "names_of": lambda user, two: register.names_of(user, [two.theirs.pk]),
    "case": lambda user, two: register.case(user, two.theirs.code),
    "anchor": lambda user, two: register.anchor(user, two.theirs.code),
    "fact": lambda user, two: register.fact(user, two.arrest(two.theirs)),
    "sides": lambda user, two: register.sides(user, [two.theirs.pk]),
    "review_queue": lambda user, two: register.review_queue(user),
    "due": lambda user, two: register.due(user),
    "alike": lambda user, two: register.alike(user, Mention(THEIRS, document="V-12345678")),
    "likeness": lambda user, two: [
        one.key == two.theirs.pk and THEIRS
        for matched in likeness.match(user, [Mention(THEIRS)])
        for one in matched.candidates
    ],
    "known_of": lambda user, two: asking.known_of(user, [two.theirs.pk]),
    "seen_by": lambda user, two: two.theirs.pk in asking.seen_by(user) and THEIRS,
    "codes_seen_by": lambda user, two: codes_seen_by(user, [two.theirs.pk]),
    "openings": lambda user, two: opening.openings(user, two.theirs.code),
    "opening_of_case": lambda user, two: opening.opening_of_case(user, two.theirs.detentions.get().pk),
    "evidence": lambda user, two: (evidence.content_of(user, _file(two)), THEIRS),
    "evidence_of": lambda user, two: evidence.evidence_of(user, [two.arrest(two.theirs)]) and THEIRS,
}


def _file(two: Two) -> int:
    return int(Evidence.objects.get(fact=two.arrest(two.theirs)).pk)


def _told(read: Callable[[], Any], two: Two) -> bool:
    """Whether an answer holds anything of the case in Zulia; refused is not told."""
    try:
        with transaction.atomic():
            answer = repr(read())
    except ConstanciaError as refused:
        answer = f"{refused.code} {refused.params}"
    return any(secret in answer for secret in (THEIRS, two.theirs.code, "Zulimar"))


@pytest.mark.usefixtures("server", "unfiltered")
def test_row_26_without_the_filter_the_server_still_gives_nothing_of_another_region(
    two: Two, lara: User, lawyer: User, desk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal()
    services.assign(desk, two.mine.code, lawyer, active=True)
    for user in (lara, lawyer):
        leaks = [name for name, read in READERS.items() if _told(lambda r=read, u=user: r(u, two), two)]
        assert leaks == []
    # What is theirs, they see all the same.
    assert register.case(lara, two.mine.code).name == MINE
    assert register.case(lawyer, two.mine.code).name == MINE
    # And each of these would tell, were it not for the barrier.
    monkeypatch.setattr(access, "reach_of", lambda user: None)
    for user in (lara, lawyer):
        silent = [name for name, read in READERS.items() if not _told(lambda r=read, u=user: r(u, two), two)]
        assert silent == []


@pytest.mark.usefixtures("server")
def test_row_26_a_session_that_is_narrowed_reads_no_barred_row_of_another_region(
    two: Two, lara: User, zulia: User
) -> None:
    whole = {model: set(model.objects.values_list("pk", flat=True)) for model in BARRED}
    with barrier.narrowed(access.reach_of(lara)):
        of_lara = {model: set(model.objects.values_list("pk", flat=True)) for model in BARRED}
    with barrier.narrowed(access.reach_of(zulia)):
        of_zulia = {model: set(model.objects.values_list("pk", flat=True)) for model in BARRED}
    with barrier.narrowed(barrier.Reach()):
        assert [model for model in BARRED if model.objects.exists()] == []
    for model in BARRED:
        assert not of_lara[model] & of_zulia[model], model
        assert of_lara[model] | of_zulia[model] == whole[model], model
        assert of_zulia[model], model


@pytest.mark.usefixtures("server")
def test_a_case_that_was_taken_away_is_out_of_the_lawyers_reach(two: Two, desk: User, lawyer: User) -> None:
    for active, seen in ((True, {two.theirs.pk}), (False, set()), (True, {two.theirs.pk})):
        services.assign(desk, two.theirs.code, lawyer, active=active)
        with barrier.narrowed(access.reach_of(lawyer)):
            assert set(Person.objects.values_list("pk", flat=True)) == seen


@pytest.mark.usefixtures("server")
def test_whoever_is_narrowed_can_change_nothing_and_read_no_word_of_the_index(lara: User, two: Two) -> None:
    for statement in (
        "DELETE FROM register_casecard",
        "UPDATE register_casecard SET state = 'lara'",
        "INSERT INTO register_caseregion (person_id, region) VALUES (1, 'lara')",
        "SELECT names FROM register_search",
        "ALTER TABLE register_fact DISABLE ROW LEVEL SECURITY",
    ):
        with (
            pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
            transaction.atomic(),
            barrier.narrowed(access.reach_of(lara)),
        ):
            _run(statement)
        assert _everything(two)


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _everything(two: Two) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = session_user")
        (owner,) = cursor.fetchone()
    return bool(owner) and Person.objects.count() == 2 and barrier.reach() is None


@pytest.mark.usefixtures("server")
def test_the_session_is_whole_again_whatever_happens_inside(two: Two, lara: User) -> None:
    reach = access.reach_of(lara)
    with pytest.raises(ZeroDivisionError), barrier.narrowed(reach):
        raise ZeroDivisionError
    assert _everything(two)
    # A transaction that the server has given up takes no more statements, not even the one that lifts.
    with pytest.raises(DatabaseError), transaction.atomic(), barrier.narrowed(reach):
        _run("SELECT 1 / 0")
    assert _everything(two)
    with barrier.narrowed(reach):
        with pytest.raises(DatabaseError), transaction.atomic(), barrier.lifted():
            _run("SELECT 1 / 0")
        assert Person.objects.count() == 1
        with pytest.raises(RuntimeError), transaction.atomic():
            raise RuntimeError
        assert Person.objects.count() == 1
        with writing():
            assert Person.objects.count() == 2
            with barrier.narrowed(reach), writing():
                assert Person.objects.count() == 2
        assert Person.objects.count() == 1
    assert _everything(two)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("server")
def test_a_connection_that_breaks_and_is_made_anew_is_narrowed_inside_and_whole_afterwards(
    two: Two, lara: User
) -> None:
    with barrier.narrowed(access.reach_of(lara)):
        connection.close()
        assert Person.objects.count() == 1
    assert _everything(two)
    with pytest.raises(DatabaseError), barrier.narrowed(access.reach_of(lara)):
        _run("SELECT pg_terminate_backend(pg_backend_pid())")
    assert _everything(two)


def _held(user: User) -> int:
    return int(
        figure(user, "held", as_of=date(2026, 1, 31), rule="all_detained", grade="reported")["highest"]
    )


def test_figures_that_somebody_of_one_region_asks_for_count_the_whole_country(
    two: Two, lara: User, desk: User
) -> None:
    assert _held(lara) == _held(desk) == 2


def test_what_somebody_of_one_region_records_is_numbered_folded_and_compared_with_everything(
    two: Two, lara: User, desk: User, case: NewCase
) -> None:
    last = Fact.objects.order_by("-pk").values_list("pk", flat=True)[0]
    made = case(lara, "Carmela Inventada Rojas", state="lara")
    assert sorted(made.facts.values_list("pk", flat=True)) == [last + 1, last + 2]
    # Joined with somebody of Zulia by the desk, it counts once, whoever then adds to it.
    judge(desk, two.theirs, two.mine, IdentityVerdict.SAME, "La misma.")
    services.add_facts(lara, two.mine.code, facts=[FactGiven("alias", {"value": "Lencho"})], source=SEEN)
    # The new one, and the two who are one.
    assert _held(lara) == 2
    assert maintenance.fsck().clean
    assert register.case(lara, two.mine.code).together.unseen == 1
    assert doubles.queue(lara).counts[doubles.Shelf.OPEN] == 0


def test_every_table_with_a_column_for_a_person_is_barred() -> None:
    """By the models of today and of tomorrow: also what hangs on something that hangs on a person."""
    barred = set(barring.conditions())
    told, before = {Person._meta.db_table, State._meta.db_table, Source._meta.db_table}, set[str]()
    while told != before:
        before = set(told)
        told |= {
            model._meta.db_table
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model._meta.db_table in before - barring.FREE
        }
    assert told - barred == barring.FREE


def test_a_sound_server_lacks_nothing_of_the_barrier() -> None:
    assert list(barring.missing()) == []


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("broken", "table"),
    [
        ("ALTER TABLE register_fact DISABLE ROW LEVEL SECURITY", "register_fact"),
        ("CREATE POLICY open_door ON register_person USING (true)", "register_person"),
        ("REVOKE SELECT ON register_review FROM constancia_pruebas_alcance", "register_review"),
        ("GRANT SELECT ON register_search TO constancia_pruebas_alcance", "register_search"),
    ],
)
def test_doctor_finds_what_was_taken_from_the_barrier_and_a_migration_mends_it(
    broken: str, table: str
) -> None:
    _run(broken)
    (found,) = barring.missing()
    assert (found.code, found.params) == ("doctor.barrier", {"tables": table})
    barring.put_up()
    assert list(barring.missing()) == []


@pytest.mark.usefixtures("server")
def test_a_server_without_the_role_is_told_how_to_make_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(barrier, "SUFFIX", "_nadie")
    assert [one.code for one in barring.missing()] == ["doctor.no_barrier"]
    barrier.forget()
    with barrier.narrowed(barrier.Reach()):
        assert not barrier.stands()
    barrier.forget()


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    yield
    assert barrier.reach() is None
    assert isinstance(Person.objects.all(), QuerySet)
