"""One invented person and what is recorded of them: who enters each fact, from whom, and who reviews it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from constancia.apps.demo import days
from constancia.apps.demo.notebook import UNSIGNED, Moment, Notebook, Signature
from constancia.apps.demo.people import Traits
from constancia.domain.dates import UNKNOWN, ImpreciseDate
from constancia.domain.vocabulary.terms import (
    ClosureKind,
    ConsentTier,
    Group,
    MeasureKind,
    Nationality,
    RecognitionOutcome,
    ReleaseKind,
    Reliability,
    Sex,
    SourceKind,
)

DESK, SECOND_DESK, VOLUNTEER, LAWYER = "mesa", "mesa2", "voluntario", "abogada"
_COORDINATORS = {"lara": "coord-lara", "zulia": "coord-zulia"}
_SITTINGS = {"coord-lara": 480, "coord-zulia": 510, LAWYER: 540, VOLUNTEER: 570, DESK: 600, SECOND_DESK: 660}
_RELATIVES = ("Madre", "Esposa", "Hermana", "Padre", "Hija", "Tía", "Hermano", "Esposo")
_OFFENCES = (
    ("Terrorismo", "Incitación al odio"),
    ("Traición a la patria", "Conspiración"),
    ("Asociación para delinquir", "Terrorismo"),
    ("Incitación al odio",),
    ("Rebelión", "Instigación a la rebelión"),
    ("Resistencia a la autoridad", "Obstrucción de vía pública"),
)
_GIVERS = ("familia", "la propia persona", "defensa")


class Case:
    """Writes one person's facts into the notebook. Days are those of known time unless called `happened`."""

    def __init__(self, notebook: Notebook, rng: Random, traits: Traits, framework: str) -> None:
        self.notebook = notebook
        self.rng = rng
        self.traits = traits
        self.framework = framework
        self.person = ""
        self.detention = ""
        self.known = date.min
        self.arrested = date.min
        self.released: date | None = None
        self.release_kind: ReleaseKind | None = None
        self.returned = False
        self.twin: Case | None = None
        self.entry_fact = ""
        self.recognition_fact = ""
        self._lately: dict[date, tuple[int, str]] = {}

    # ------------------------------------------------------------ who and when

    @property
    def keeper(self) -> str:
        """Who looks after the case: the state's coordinator where there is one, else the desk."""
        return _COORDINATORS.get(self.traits.state, DESK)

    @property
    def second(self) -> str:
        """Who reviews what the keeper recorded."""
        return SECOND_DESK if self.keeper == DESK else DESK

    def moment(self, day: date, actor: str, not_before: int = 0) -> Moment:
        """When `actor` enters something on `day`: after whatever else was entered in this case that day."""
        minute = max(_SITTINGS[actor], not_before)
        if day in self._lately:
            last, who = self._lately[day]
            minute = max(minute, last if who == actor else last + 1)
        self._lately[day] = (minute, actor)
        return Moment(day, minute, actor)

    def _standing(self, kind: SourceKind, label: str, reliability: Reliability = Reliability.B) -> str:
        return self.notebook.standing_source(kind, label, reliability, DESK)

    @property
    def own_lawyer(self) -> str:
        return self._standing(SourceKind.OWN_LAWYER, f"Abogacía propia, {self.traits.state}", Reliability.A)

    @property
    def own_volunteer(self) -> str:
        return self._standing(
            SourceKind.OWN_VOLUNTEER, f"Voluntariado ante {self.traits.prison}", Reliability.B
        )

    @property
    def archive(self) -> str:
        return self._standing(SourceKind.OWN_ARCHIVE, "Archivo anterior de la organización", Reliability.B)

    @property
    def press(self) -> str:
        return self._standing(SourceKind.PRESS, f"Prensa regional, {self.traits.state}", Reliability.C)

    @property
    def post(self) -> str:
        return self._standing(SourceKind.POST, "Mensaje difundido en redes", Reliability.D)

    @property
    def official_list(self) -> str:
        return self._standing(SourceKind.OFFICIAL_LIST, "Lista oficial de excarcelaciones", Reliability.D)

    @property
    def court_document(self) -> str:
        return self._standing(SourceKind.COURT_DOCUMENT, "Boletas y autos de los tribunales", Reliability.B)

    def relative(self, moment: Moment) -> str:
        return self.notebook.relative(moment, self.rng.choice(_RELATIVES), f"familia-{self.person}")

    def _about(self) -> tuple[str, str | None]:
        return self.person, self.detention

    def _fact(
        self,
        moment: Moment,
        kind: str,
        fields: Mapping[str, Any],
        source: str,
        when: ImpreciseDate = UNKNOWN,
        signed: Signature = UNSIGNED,
        supersedes: str | None = None,
    ) -> str:
        return self.notebook.fact(
            moment, kind, self._about(), fields, source, when=when, signed=signed, supersedes=supersedes
        )

    # ------------------------------------------------------------ the person

    def opened(self, day: date, actor: str = "") -> Moment:
        """Creates the person and a first detention; answers the moment at which intake goes on."""
        moment = self.moment(day, actor or self.keeper)
        self.known = day
        self.person = self.notebook.person(moment, self.traits.state)
        self.detention = self.notebook.detention(moment, self.person)
        return moment

    def described(self, moment: Moment, source: str) -> None:
        """What the source tells of the person."""
        traits, about = self.traits, (self.person, None)
        name = traits.name
        stated: list[tuple[str, dict[str, Any], ImpreciseDate]] = [
            ("name", {"full": name.full, "given": name.given, "surnames": name.surnames}, UNKNOWN)
        ]
        if traits.sex is not None:
            stated.append(("sex", {"value": traits.sex}, UNKNOWN))
        if traits.adolescent:
            stated.append(("group", {"value": Group.ADOLESCENT}, UNKNOWN))
        if traits.born_known:
            born = days.on(traits.born(self.arrested))
            stated.append(("birth", {"born": born.edtf, "words": born.words}, UNKNOWN))
        else:
            stated.append(("age", {"years": traits.years}, days.on(self.arrested)))
        origin: dict[str, Any] = {"value": traits.nationality}
        if traits.nationality is not Nationality.NATIONAL:
            origin["countries"] = list(traits.countries)
        stated.append(("nationality", origin, UNKNOWN))
        profile: dict[str, Any] = {"value": traits.profile}
        if traits.rank:
            profile["rank"] = traits.rank
        stated.append(("profile", profile, UNKNOWN))
        if traits.occupation:
            stated.append(("occupation", {"group": traits.occupation}, UNKNOWN))
        if traits.number:
            stated.append(("identity_document", {"number": traits.number, "country": "VE"}, UNKNOWN))
        for kind, fields, when in stated:
            self.notebook.fact(moment, kind, about, fields, source, when=when)

    def consented(self, moment: Moment, source: str, counted: bool) -> None:
        """`counted`: among those of published numbers, where nobody is who is to stay internal."""
        tier = self.traits.consent
        if counted and tier is ConsentTier.INTERNAL:
            tier = ConsentTier.COUNT_ONLY
        fields = {"tier_given": tier, "given_by": self.rng.choice(_GIVERS)}
        signed = Signature(reviewer=self.second)
        when = days.on(moment.day)
        self.notebook.fact(moment, "consent", (self.person, None), fields, source, when=when, signed=signed)

    # ------------------------------------------------------------ the detention

    def entered(
        self,
        moment: Moment,
        source: str,
        happened: ImpreciseDate,
        context: str,
        signed: Signature,
        kind: str = "",
    ) -> None:
        """How the detention began: arrest, disappearance (of the vanished), or `kind`."""
        traits = self.traits
        fields: dict[str, Any] = {"state": traits.state, "authority": traits.authority}
        kind = kind or ("disappearance" if traits.vanished else "arrest")
        if kind == "seen_held":
            fields["place"] = traits.prison
        else:
            fields["context"] = context
            if kind == "arrest":
                fields["held_at"] = traits.prison
        self.entry_fact = self._fact(moment, kind, fields, source, happened, signed)

    def assessed(self, moment: Moment, outcome: RecognitionOutcome, supersedes: str | None = None) -> None:
        """The organisation's decision, which a second person stands behind."""
        leader = self.traits.occupation == "Dirigentes políticos"
        criteria = ["1"] if leader else [self.rng.choice(("2", "3"))]
        held_political = outcome is RecognitionOutcome.RECOGNISED
        fields: dict[str, Any] = {"framework": self.framework, "outcome": outcome}
        if held_political:
            fields["criteria"] = criteria
            fields["reasoning"] = "Expediente inventado para la demostración."
        self.recognition_fact = self._fact(
            moment,
            "recognition",
            fields,
            self.own_lawyer,
            days.on(moment.day),
            Signature(reviewer=self.second),
            supersedes,
        )

    def moved(self, day: date, happened: date, place: str) -> None:
        moment = self.moment(day, self.keeper)
        fields = {"place": place, "from_place": self.traits.prison}
        self._fact(moment, "transfer", fields, self.relative(moment), days.on(happened))

    def located(self, day: date) -> None:
        """The prison of somebody who had vanished is confirmed by our own lawyer."""
        moment = self.moment(day, self.keeper)
        signed = Signature(reviewer=self.second)
        fields = {"place": self.traits.prison, "state": self.traits.state}
        self._fact(moment, "whereabouts_confirmed", fields, self.own_lawyer, days.on(day), signed)

    def charged(self, day: date, happened: date) -> None:
        moment = self.moment(day, self.keeper)
        fields: dict[str, Any] = {
            "offences": list(self.rng.choice(_OFFENCES)),
            "court": "Tribunal de control",
        }
        if self.traits.rank:
            fields["military_court"] = True
        self._fact(
            moment, "charge", fields, self.own_lawyer, days.on(happened), Signature(reviewer=self.second)
        )

    def sentenced(self, day: date, happened: date) -> None:
        moment = self.moment(day, self.keeper)
        fields = {"years": self.rng.randint(4, 24), "court": "Tribunal de juicio"}
        signed = Signature(attested=(self.court_document,), reviewer=self.second)
        self._fact(moment, "sentence", fields, self.own_lawyer, days.on(happened), signed)

    # ------------------------------------------------------------ the way out

    def left(
        self,
        day: date,
        happened: ImpreciseDate,
        kind: ReleaseKind,
        *,
        at_minute: int = 0,
        by_relative: bool = False,
    ) -> None:
        """A release that the policy verifies at once: our volunteer saw the person and the desk confirmed
        it, or (`by_relative`) a relative and the press agree and the second desk reviewed both.
        """
        fields = {"release": kind}
        if by_relative:
            moment = self.moment(day, DESK, at_minute)
            source, signed = self.relative(moment), Signature((self.press,), SECOND_DESK)
        else:
            moment = self.moment(day, VOLUNTEER, at_minute)
            source, signed = self.own_volunteer, Signature(reviewer=DESK)
        self._fact(moment, "release", fields, source, happened, signed)
        self.released, self.release_kind = happened.day, kind

    def under_measures(self, day: date, happened: date) -> None:
        moment = self.moment(day, self.keeper)
        source, when = self.own_lawyer, days.on(happened)
        appearing = {
            "measure": MeasureKind.PERIODIC_APPEARANCE,
            "every_days": self.rng.choice((8, 15, 30, 30, 30)),
        }
        self._fact(moment, "measure_imposed", appearing, source, when)
        if self.rng.random() < 0.6:
            self._fact(moment, "measure_imposed", {"measure": MeasureKind.TRAVEL_BAN}, source, when)

    def said_to_be_out(self, day: date, happened: date) -> str:
        """A release that somebody reported and nobody confirmed; answers the fact."""
        moment = self.moment(day, DESK)
        source = self.rng.choice((self.press, self.post, self.official_list))
        return self._fact(moment, "release", {"release": ReleaseKind.UNSPECIFIED}, source, days.on(happened))

    def taken_back(self, day: date, fact: str, reason: str) -> None:
        moment = self.moment(day, DESK)
        signed = Signature(reviewer=SECOND_DESK)
        self._fact(moment, "withdrawal", {"reason": reason}, self.own_lawyer, signed=signed, supersedes=fact)

    def amnestied(self, day: date, happened: date) -> None:
        """The court closed the case by amnesty: our lawyer saw the decision."""
        moment = self.moment(day, self.keeper)
        signed = Signature((self.court_document,), self.second)
        fields = {"closure": ClosureKind.AMNESTY, "court": "Tribunal de control"}
        self._fact(moment, "case_closed", fields, self.own_lawyer, days.on(happened), signed)

    def died(self, day: date, happened: date) -> None:
        moment = self.moment(day, self.keeper)
        source, signed = self.relative(moment), Signature((self.own_lawyer,), self.second)
        self._fact(
            moment,
            "death_in_custody",
            {"cause": "Enfermedad sin atención"},
            source,
            days.on(happened),
            signed,
        )

    def taken_again(self, day: date, happened: date, context: str) -> None:
        """A new detention of the same person."""
        moment = self.moment(day, self.keeper)
        self.detention = self.notebook.detention(moment, self.person)
        self.arrested = happened
        signed = Signature((self.own_lawyer,), self.second)
        self.entered(moment, self.relative(moment), days.on(happened), context, signed, kind="arrest")
        self.assessed(moment, RecognitionOutcome.RECOGNISED)

    def doubted_by_press(self, day: date, other_day: date) -> None:
        """The press gives another day of arrest: it stands beside ours."""
        moment = self.moment(day, DESK)
        fields = {"state": self.traits.state}
        self._fact(moment, "arrest", fields, self.press, days.on(other_day))

    def judged(self, day: date, other: str, verdict: str, reason: str) -> None:
        """Whether this person and `other` (a person's key) are one."""
        moment = self.moment(day, DESK)
        fields = {"other": f"@{other}", "verdict": verdict, "reason": reason}
        signed = Signature(reviewer=SECOND_DESK)
        about = (self.person, None)
        self.notebook.fact(moment, "identity_judgement", about, fields, self.own_lawyer, signed=signed)

    @property
    def is_plain(self) -> bool:
        """An adult national civilian of stated sex, whom nothing sets apart."""
        traits = self.traits
        apart = traits.adolescent or traits.vanished or traits.rank or traits.countries
        return not apart and traits.sex in (Sex.MAN, Sex.WOMAN)


def sitting(day: date, opens: date, daily_from: date) -> date:
    """The day on which something learned on `day` is entered: every other Friday, counted from the day the
    register `opens`, and daily from `daily_from` on.
    """
    if day >= daily_from:
        return day
    waited = -max(0, (day - opens).days) % 14
    return min(max(day, opens) + timedelta(days=waited), daily_from - timedelta(days=1))
