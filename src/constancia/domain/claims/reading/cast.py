"""Who may be speaking in a text, and whom it has named so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from constancia.domain.claims.reading.lexicon import Lexicon

ORG, PERSON, GOVERNMENT, OFFICIAL, GROUP = "org", "person", "government", "official", "group"


@dataclass(frozen=True, slots=True)
class Speaker:
    """`label`: as a claim's claimant is written. `org`: the organisation a person speaks for, or itself."""

    label: str
    kind: str
    org: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words at [start, end) of the view that stand for a speaker. `echo`: for one named before."""

    start: int
    end: int
    speaker: Speaker
    echo: str = ""


@dataclass(slots=True)
class Cast:
    """Whom a text has named so far. `own`: whose text it is, where that is known.

    `persons`: by full name and by last name, folded; `offices`: the last person named with an office, by its
    first letters; `country`: the one that it is about, as an
    adjective; `short`: organisations by their initials and by the word that a text goes on to call
    them by ("the Committee"); `last_org`: whom "the organisation" stands for;
    `named_org`: the one named last.
    """

    words: Lexicon
    own: Speaker | None = None
    persons: dict[str, Speaker] = field(default_factory=dict)
    offices: dict[str, Speaker] = field(default_factory=dict)
    short: dict[str, Speaker] = field(default_factory=dict)
    first_org: Speaker | None = None
    last_org: Speaker | None = None
    named_org: Speaker | None = None
    last_person: Speaker | None = None
    last_office: Speaker | None = None
    country: str = ""
    governments: list[tuple[int, Speaker]] = field(default_factory=list)

    def meet(self, one: Mention, beside: bool = False) -> None:
        """Takes note of a mention. `beside`: only named on the way ("sent to X"), and not spoken of again."""
        speaker = one.speaker
        if speaker.kind == ORG or (speaker.kind == PERSON and speaker.org):
            org = organisation(speaker.org or speaker.label)
            self.first_org = self.first_org or org
            self.named_org = org
            if not beside:
                self.last_org = org
        if speaker.kind == PERSON or speaker.name:
            self.last_person = speaker
        if speaker.kind == OFFICIAL and not speaker.name:
            self.last_office = speaker
        if speaker.kind in (GOVERNMENT, OFFICIAL):
            self.governments.append((one.start, speaker))


def organisation(label: str) -> Speaker:
    return Speaker(label, ORG, label)


def renewed(cast: Cast) -> Cast:
    """The same cast before its first line: it knows everybody's name and office, and nobody has spoken."""
    return replace(
        cast,
        last_org=None,
        named_org=None,
        last_person=None,
        last_office=None,
        governments=list(cast.governments),
    )
