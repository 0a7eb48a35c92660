"""The shipped policy, and policies that are refused."""

from __future__ import annotations

import pytest

from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.facts.kinds import KINDS
from constancia.domain.facts.record import Source
from constancia.domain.grading import Policy, in_words
from constancia.domain.grading.policy import independent
from constancia.domain.vocabulary.terms import Grade, Reliability, SourceKind

R, C, V = Grade.REPORTED, Grade.CORROBORATED, Grade.VERIFIED
SHIPPED = Policy.load()


def sources(*kinds: str) -> list[Source]:
    return [Source(n, SourceKind(kind)) for n, kind in enumerate(kinds, 1)]


@pytest.mark.parametrize(
    ("kind", "told_by", "confirmations", "grade"),
    [
        ("release", ["own_lawyer"], 0, C),
        ("release", ["own_lawyer"], 1, V),
        ("release", ["own_volunteer"], 1, V),
        ("release", ["person"], 1, V),
        ("release", ["relative"], 0, R),
        ("release", ["relative"], 1, C),
        ("release", ["relative"], 5, C),
        ("release", ["lawyer"], 1, C),
        ("release", ["relative", "press"], 0, C),
        ("release", ["relative", "press"], 1, V),
        ("release", ["press", "official_statement"], 1, V),
        ("release", ["official_statement"], 0, R),
        ("release", ["official_statement"], 9, C),
        ("release", ["official_list", "official_statement"], 9, C),
        ("release", ["own_archive"], 0, C),
        ("release", ["own_archive"], 1, V),
        ("arrest", ["relative"], 0, R),
        ("arrest", ["relative"], 1, V),
        ("arrest", ["court_document"], 0, C),
        ("arrest", ["court_document"], 1, V),
        ("arrest", ["own_archive"], 1, V),
        ("arrest", ["press"], 1, C),
        ("arrest", ["official_list"], 9, C),
        ("recognition", ["own_archive"], 0, R),
        ("recognition", ["official_list"], 1, V),
        ("sex", ["press"], 0, R),
    ],
)
def test_the_shipped_policy_grades(kind: str, told_by: list[str], confirmations: int, grade: Grade):
    assert SHIPPED.grade(kind, sources(*told_by), confirmations).grade is grade


def test_the_quick_grade_of_one_source_is_the_grade():
    for kind in KINDS:
        for source_kind in SourceKind:
            for confirmations in (0, 1, 2):
                source = Source(1, source_kind)
                graded = SHIPPED.grade(kind, [source], confirmations)
                assert SHIPPED.rank(kind, source, confirmations) == graded.grade


def test_more_support_never_lowers_a_grade():
    for kind in ("release", "arrest", "recognition", "sex"):
        for one in SourceKind:
            for other in SourceKind:
                for n in (0, 1, 2):
                    base = SHIPPED.grade(kind, sources(one), n).grade
                    assert SHIPPED.grade(kind, sources(one, other), n).grade >= base
                    assert SHIPPED.grade(kind, sources(one), n + 1).grade >= base


def test_a_doubt_disputes_whatever_the_support():
    assert SHIPPED.grade("release", sources("own_lawyer", "press"), 3, doubts=1).grade is Grade.DISPUTED


def test_one_group_or_one_source_counts_once():
    one = Source(1, SourceKind.PRESS, group="agencia")
    assert independent([one, Source(2, SourceKind.POST, group="agencia"), one]) == 1
    assert independent([Source(1, SourceKind.PRESS), Source(2, SourceKind.PRESS)]) == 2


def test_every_grade_is_told_in_words_in_both_languages():
    for kind in ("release", "arrest", "recognition"):
        for source_kind in SourceKind:
            for n in (0, 1, 2):
                graded = SHIPPED.grade(kind, [Source(1, source_kind)], n)
                assert ":" in in_words(graded, "es")
                assert in_words(graded, "es") != in_words(graded, "en")


def test_what_is_missing_is_told():
    assert in_words(SHIPPED.grade("release", sources("own_lawyer"))) == (
        "corroborado: visto por nuestro abogado; falta que lo confirme una segunda persona"
    )
    assert in_words(SHIPPED.grade("release", sources("official_list"), 2)) == (
        "corroborado: consta en una lista oficial y confirmado por otras 2 personas; "
        "un anuncio o lista oficial no verifica por sí solo"
    )


def test_a_policy_may_ask_for_reliability():
    policy = Policy.load(
        'name = "p"\nversion = 2\n[defaults]\nverified = [{ min_reliability = "B", independent_sources = 2 }]'
    )
    kinds = [Source(1, SourceKind.PRESS, Reliability.A), Source(2, SourceKind.POST, Reliability.B)]
    assert policy.grade("arrest", kinds).grade is V
    assert policy.grade("arrest", [kinds[0], Source(3, SourceKind.POST, Reliability.C)]).grade is R
    assert policy.grade("arrest", [kinds[0], Source(3, SourceKind.POST, Reliability.F)]).grade is R


HEAD = 'name = "p"\nversion = 1\n'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name = ", "policy.unreadable"),
        (HEAD, "policy.key"),
        (HEAD + "[defaults]\nverifed = []", "policy.key"),
        (HEAD + "[defaults]\n[extra]", "policy.key"),
        (HEAD + "[defaults]\nverified = [{ source = ['press'] }]", "policy.key"),
        (HEAD + "[defaults]\nverified = [{}]", "policy.value"),
        (HEAD + "[defaults]\nverified = [{ sources = [] }]", "policy.value"),
        (HEAD + "[defaults]\nverified = [{ sources = ['gossip'] }]", "policy.value"),
        (HEAD + "[defaults]\nverified = [{ sources = 'press' }]", "policy.value"),
        (HEAD + "[defaults]\nverified = [{ sources = [['press']] }]", "policy.value"),
        (HEAD + "[defaults]\nverified = [{ min_reliability = 'F' }]", "policy.value"),
        (HEAD + "[defaults]\nverified = [{ min_reliability = '' }]", "policy.value"),
        (HEAD + "[defaults]\nverified = [{ confirmations = true }]", "policy.value"),
        (HEAD + "[defaults]\nverified = [{ confirmations = -1 }]", "policy.value"),
        (HEAD + "[defaults]\nverified = [{ independent_sources = 0 }]", "policy.value"),
        (HEAD + "[defaults]\nverified = 3", "policy.value"),
        (HEAD + "[defaults]\nnever_alone = ['gossip']", "policy.value"),
        (HEAD + "[defaults]\n[kinds.party]", "policy.kind"),
        (HEAD + "defaults = 1", "policy.value"),
        ("version = 1\n[defaults]\n", "policy.value"),
        ('name = "p"\nversion = "1"\n[defaults]\n', "policy.value"),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused_in_words(text: str, code: str):
    with pytest.raises(InputRefused) as refused:
        Policy.load(text)
    assert refused.value.code == code
    assert "{" not in explain(refused.value, "es") + explain(refused.value, "en")
