"""Draws the invented people of one cohort: exactly as many women, soldiers, foreigners … as it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from constancia.apps.demo.names import INVENTED_NUMBERS, InventedName, invented_name, spelled_otherwise
from constancia.apps.demo.scenario import Cohort, Scenario
from constancia.domain.vocabulary.terms import ConsentTier, Nationality, Profile, Sex

_ABROAD = (
    "Colombia",
    "Estados Unidos",
    "España",
    "Perú",
    "Ecuador",
    "Italia",
    "Argentina",
    "Francia",
    "Chequia",
)
_RANKS = ("Sargento segundo", "Sargento mayor", "Teniente", "Capitán", "Mayor", "Teniente coronel")
_ADULT_YEARS = (18, 19, 20, 21, 22, 24, 26, 28, 31, 33, 36, 39, 42, 45, 48, 52, 56, 61, 67)


@dataclass(frozen=True, slots=True)
class Traits:
    """What is true of one invented person; what the register is told of it is up to the case.

    `sex` None: nobody stated it. `number` "" : no document known. `born_known` False: only the age is known.
    """

    name: InventedName
    variant: InventedName
    sex: Sex | None
    years: int
    born_known: bool
    birthday: int
    number: str
    profile: Profile
    rank: str
    nationality: Nationality
    countries: tuple[str, ...]
    state: str
    occupation: str
    consent: ConsentTier
    authority: str
    prison: str
    adolescent: bool
    vanished: bool

    def born(self, arrested: date) -> date:
        """A birth date at which the person is `years` old when arrested."""
        return arrested - timedelta(days=365 * self.years + self.years // 4 + self.birthday)


def weighted(rng: Random, weights: Mapping[str, int]) -> str:
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def prisons_for(scenario: Scenario, sex: Sex | None, profile: Profile) -> dict[str, int]:
    """The prisons somebody may be held in, with their weights."""
    if sex is Sex.WOMAN:
        return scenario.prisons.women
    return scenario.prisons.military if profile is Profile.MILITARY else scenario.prisons.men


def drawn(rng: Random, cohort: Cohort, scenario: Scenario) -> list[Traits]:
    """The people of `cohort`, in an order that says nothing of their traits."""
    n = cohort.count
    profiles = [Profile.MILITARY] * cohort.military + [Profile.POLICE] * cohort.police
    profiles += [Profile.CIVILIAN] * (n - len(profiles))
    # Soldiers stand first and adolescents last, so that nobody is both, nor an adolescent from abroad.
    origins = [Nationality.NATIONAL] * (cohort.military + cohort.police)
    origins += [Nationality.FOREIGN] * cohort.foreign + [Nationality.DUAL] * cohort.dual
    origins += [Nationality.NATIONAL] * (n - len(origins))
    young = [index >= n - cohort.adolescents for index in range(n)]
    women = set(rng.sample(range(n - cohort.sex_unsaid), cohort.women))
    vanished = set(rng.sample(range(n), cohort.vanished))
    people = [
        _one(
            rng,
            scenario,
            None if index >= n - cohort.sex_unsaid else Sex.WOMAN if index in women else Sex.MAN,
            profiles[index],
            origins[index],
            adolescent=young[index],
            vanished=index in vanished,
        )
        for index in range(n)
    ]
    rng.shuffle(people)
    return people


def _one(
    rng: Random,
    scenario: Scenario,
    sex: Sex | None,
    profile: Profile,
    nationality: Nationality,
    *,
    adolescent: bool,
    vanished: bool,
) -> Traits:
    name = invented_name(rng, sex or rng.choice((Sex.WOMAN, Sex.MAN)))
    variant = InventedName(spelled_otherwise(rng, name.given), name.surnames)
    if variant == name or rng.random() < 0.4:
        variant = InventedName(name.given, spelled_otherwise(rng, name.surnames))
    military = profile is Profile.MILITARY
    abroad = nationality is not Nationality.NATIONAL
    weights = scenario.weights
    return Traits(
        name=name,
        variant=variant,
        sex=sex,
        years=rng.choice((15, 16, 16)) if adolescent else rng.choice(_ADULT_YEARS),
        born_known=rng.random() < 0.55,
        birthday=rng.randint(30, 330),
        number=f"V-{rng.choice(INVENTED_NUMBERS)}" if rng.random() < 0.6 else "",
        profile=profile,
        rank=rng.choice(_RANKS) if military else "",
        nationality=nationality,
        countries=(rng.choice(_ABROAD),) if abroad else (),
        state=weighted(rng, weights.state),
        occupation="Estudiantes" if adolescent else "" if military else weighted(rng, weights.occupation),
        consent=ConsentTier(weighted(rng, weights.consent)),
        authority="DGCIM" if military else weighted(rng, weights.authority),
        prison=weighted(rng, prisons_for(scenario, sex, profile)),
        adolescent=adolescent,
        vanished=vanished,
    )
