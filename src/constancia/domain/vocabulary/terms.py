"""The closed terms of the register. Labels in Spanish and English stand in `labels/*.toml`."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Grade(IntEnum):
    """How sure a fact is; computed by the policy, never typed."""

    DISPUTED = 0
    REPORTED = 1
    CORROBORATED = 2
    VERIFIED = 3


class Custody(StrEnum):
    """Where a person's liberty stands in one detention."""

    IN_CUSTODY = "in_custody"
    HOUSE_ARREST = "house_arrest"
    OUT_UNDER_MEASURES = "out_under_measures"
    OUT_UNSPECIFIED = "out_unspecified"  # out of prison; nobody has said yet under what terms
    FREE = "free"
    EXILED = "exiled"
    ESCAPED = "escaped"
    DEAD = "dead"
    UNKNOWN = "unknown"


class CaseState(StrEnum):
    """Where the criminal case stands."""

    INVESTIGATED = "investigated"
    CHARGED = "charged"
    ON_TRIAL = "on_trial"
    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    DISMISSED = "dismissed"
    AMNESTIED = "amnestied"
    PARDONED = "pardoned"


class ReleaseKind(StrEnum):
    """Ways out of prison. *Excarcelación* under measures and *libertad plena* never share a word."""

    UNDER_MEASURES = "under_measures"
    HOUSE_ARREST = "house_arrest"
    FULL = "full"
    EXILE = "exile"
    CONDITIONAL = "conditional"
    UNSPECIFIED = "unspecified"


class ClosureKind(StrEnum):
    """How a case was closed."""

    ACQUITTAL = "acquittal"
    DISMISSAL = "dismissal"
    AMNESTY = "amnesty"
    PARDON = "pardon"


class MeasureKind(StrEnum):
    """Restrictions on somebody who is out of prison."""

    PERIODIC_APPEARANCE = "periodic_appearance"
    TRAVEL_BAN = "travel_ban"
    AREA_BAN = "area_ban"
    SPEECH_BAN = "speech_ban"
    HOUSE_ARREST = "house_arrest"
    BAIL = "bail"
    SUPERVISION = "supervision"
    OTHER = "other"


class Sex(StrEnum):
    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


class Profile(StrEnum):
    CIVILIAN = "civilian"
    MILITARY = "military"
    POLICE = "police"


class Nationality(StrEnum):
    NATIONAL = "national"
    FOREIGN = "foreign"
    DUAL = "dual"


class Group(StrEnum):
    ADOLESCENT = "adolescent"
    INDIGENOUS = "indigenous"
    LGBTI = "lgbti"
    ILL = "ill"
    DISABILITY = "disability"
    PREGNANT = "pregnant"
    OLDER = "older"


class DocumentKind(StrEnum):
    NATIONAL_ID = "national_id"
    FOREIGNER_ID = "foreigner_id"
    PASSPORT = "passport"
    OTHER = "other"


class RecognitionOutcome(StrEnum):
    RECOGNISED = "recognised"
    RECOGNISED_RETRIAL = "recognised_retrial"
    NOT_RECOGNISED = "not_recognised"
    INSUFFICIENT = "insufficient"
    UNDER_REVIEW = "under_review"


class ConsentTier(StrEnum):
    PUBLIC_NAME = "public_name"
    PUBLIC_ANONYMOUS = "public_anonymous"
    NAMED_MECHANISM = "named_mechanism"
    COUNT_ONLY = "count_only"
    INTERNAL = "internal"


class ConsentField(StrEnum):
    """What of a person a consent lets be published."""

    NAME = "name"
    AGE = "age"
    PLACE = "place"
    OCCUPATION = "occupation"
    PHOTO = "photo"
    NARRATIVE = "narrative"


class ConsentUse(StrEnum):
    """Where it may be published or sent."""

    LIST = "list"
    REPORT = "report"
    PRESS = "press"
    COURT = "court"
    INTERNATIONAL = "international"


class ConsentGiver(StrEnum):
    """Who gave or withdrew a consent."""

    PERSON = "person"
    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    RELATIVE = "relative"
    LAWYER = "lawyer"


class ConsentState(StrEnum):
    """How a consent stands on a day. Taken back: as a fact, by whoever keeps the register; withdrawn: by who
    gave it."""

    HOLDS = "holds"
    NOT_YET = "not_yet"
    RUN_OUT = "run_out"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    TAKEN_BACK = "taken_back"


class ConsentHow(StrEnum):
    """How it was given."""

    WRITTEN = "written"
    IN_PERSON = "in_person"
    VOICE = "voice"
    MESSAGE = "message"
    TELEPHONE = "telephone"


class IdentityVerdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Likelihood(StrEnum):
    """How likely two entries are one person, in words."""

    ALMOST_CERTAIN = "almost_certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class SourceKind(StrEnum):
    RELATIVE = "relative"
    PERSON = "person"
    OWN_LAWYER = "own_lawyer"
    OWN_VOLUNTEER = "own_volunteer"
    LAWYER = "lawyer"
    WITNESS = "witness"
    OFFICIAL_LIST = "official_list"
    OFFICIAL_STATEMENT = "official_statement"
    COURT_DOCUMENT = "court_document"
    DOCUMENT = "document"
    PRESS = "press"
    POST = "post"
    OTHER_ORGANISATION = "other_organisation"
    OWN_ARCHIVE = "own_archive"  # what the organisation itself kept before this register


class Reliability(StrEnum):
    """Admiralty code of the source: A completely reliable … E unreliable, F cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Confidentiality(StrEnum):
    """Who may see the source."""

    OPEN = "open"
    INTERNAL = "internal"
    SEALED = "sealed"


class Verdict(StrEnum):
    """What a reviewer, or a further source, says of a fact."""

    CONFIRM = "confirm"
    DOUBT = "doubt"
    RETRACT = "retract"  # takes back what the same reviewer or source said before


class Tier(StrEnum):
    """How a fact's fields are kept and who sees them: open inside the encrypted store; or sealed with the
    person's own key, as identity or, for fewer eyes, as what could harm somebody who spoke."""

    OPEN = "open"
    IDENTITY = "identity"
    SEALED = "sealed"


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    DESK = "desk"
    COORDINATOR = "coordinator"
    LAWYER = "lawyer"
    VOLUNTEER = "volunteer"
    READER = "reader"
    AUDITOR = "auditor"


class PublicationKind(StrEnum):
    """What kind of document somebody's figures were found in."""

    ARTICLE = "article"
    BULLETIN = "bulletin"
    POST = "post"
    OFFICIAL_STATEMENT = "official_statement"
    GAZETTE = "gazette"
    REPORT = "report"


class Qualifier(StrEnum):
    """How a claim's number is meant."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ABOUT = "about"
    UP_TO = "up_to"


class ClaimUnit(StrEnum):
    """What a claim's number counts."""

    PERSONS = "persons"
    RELEASES = "releases"
    DETENTIONS = "detentions"
    REQUESTS = "requests"
    CASES = "cases"


class Said(StrEnum):
    """What a claim says of those whom it counts."""

    HELD = "held"
    RELEASED = "released"
    ANNOUNCED_RELEASE = "announced_release"  # to come, authorised or promised
    DETAINED = "detained"  # arrests, or people arrested in a period
    AMNESTY_GRANTED = "amnesty_granted"  # in prison or not: most beneficiaries leave no prison
    AMNESTY_REQUESTS = "amnesty_requests"
    PARDONED = "pardoned"
    ADDED = "added"  # entries to a list
    REMOVED = "removed"
    RECOGNISED = "recognised"  # ever given the status, cumulative
    RESTRICTED = "restricted"  # out of prison, under measures
    SENTENCED = "sentenced"
    EXCLUDED = "excluded"
    NET_CHANGE = "net_change"
    SUMMONED = "summoned"
    KILLED = "killed"


class ClaimDecision(StrEnum):
    """What a person decides on a claim that was read."""

    CONFIRM = "confirm"
    REJECT = "reject"
    RETRACT = "retract"  # takes the last decision back


class ListVerdict(StrEnum):
    """What a person decides on one name of an announced list."""

    MATCHED = "matched"
    NOT_IN_REGISTER = "not_in_register"
    OTHER_REASONS = "other_reasons"  # held for reasons that are not political
    STRUCK = "struck"  # was never on the list: a slip of whoever pasted it
    RETRACT = "retract"


class ListKind(StrEnum):
    """What a list of names says of everybody on it."""

    RELEASED = "released"
    ARRESTED = "arrested"
    HELD = "held"
    TRANSFERRED = "transferred"


class EntryVerdict(StrEnum):
    """What a person decides on one entry of a list of names."""

    SAME = "same"  # this entry is that person
    DIFFERENT = "different"  # whoever it is, it is not that person
    UNSURE = "unsure"  # somebody looked, and cannot say
    NEW = "new"  # nobody of the register
    RETRACT = "retract"  # takes the last decision back


class ErasureGround(StrEnum):
    """Why somebody's data are erased. Closed: no words about the person are kept with the request."""

    ASKED_BY_PERSON = "asked_by_person"
    ASKED_BY_FAMILY = "asked_by_family"
    DANGER = "danger"
    COURT_ORDER = "court_order"
    ENTERED_BY_MISTAKE = "entered_by_mistake"
    CONSENT_WITHDRAWN = "consent_withdrawn"
