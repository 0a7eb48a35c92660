"""The only reader that pages and commands use; every function takes the acting user and shows no more."""

from constancia.apps.register.queries.anchors import CaseAnchor, FactAnchor, anchor, code_of, fact
from constancia.apps.register.queries.case import CasePage, DetentionLines, FactLine, case, original_row
from constancia.apps.register.queries.consenting import ConsentLine, consent_lines
from constancia.apps.register.queries.consents import consents
from constancia.apps.register.queries.defence import defence, lawyer, lawyers
from constancia.apps.register.queries.names import names_of
from constancia.apps.register.queries.near import Alike, alike, alike_each, to_be_asked_about
from constancia.apps.register.queries.queue import (
    BatchLine,
    QueueLine,
    batches,
    consents_due,
    due,
    review_queue,
    waiting,
)
from constancia.apps.register.queries.regions import regions_of_cases
from constancia.apps.register.queries.search import (
    CaseLine,
    Filters,
    SearchPage,
    found_keys,
    lines_of,
    lines_one_by_one,
    search,
)
from constancia.apps.register.queries.sides import Event, Side, sides
from constancia.apps.register.queries.together import Counted, SetAside, Together, together

__all__ = [
    "Alike",
    "BatchLine",
    "CaseAnchor",
    "CaseLine",
    "CasePage",
    "ConsentLine",
    "Counted",
    "DetentionLines",
    "Event",
    "FactAnchor",
    "FactLine",
    "Filters",
    "QueueLine",
    "SearchPage",
    "SetAside",
    "Side",
    "Together",
    "alike",
    "alike_each",
    "anchor",
    "batches",
    "case",
    "code_of",
    "consent_lines",
    "consents",
    "consents_due",
    "defence",
    "due",
    "fact",
    "found_keys",
    "lawyer",
    "lawyers",
    "lines_of",
    "lines_one_by_one",
    "names_of",
    "original_row",
    "regions_of_cases",
    "review_queue",
    "search",
    "sides",
    "to_be_asked_about",
    "together",
    "waiting",
]
