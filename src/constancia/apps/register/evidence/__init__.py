"""Files behind facts: kept encrypted by the hash of their content, never overwritten, never rendered; looked
at as copies, with a chain of custody in the ledger."""

from constancia.apps.register.evidence.attaching import attach, most_bytes
from constancia.apps.register.evidence.custody import Step, steps_of, verify_again
from constancia.apps.register.evidence.giving import Given, give_out
from constancia.apps.register.evidence.lines import EvidenceLine, content_of, evidence_of, line_of
from constancia.apps.register.evidence.looking import EvidencePage, page_of, picture_of, text_of
from constancia.apps.register.evidence.proving import prove

__all__ = [
    "EvidenceLine",
    "EvidencePage",
    "Given",
    "Step",
    "attach",
    "content_of",
    "evidence_of",
    "give_out",
    "line_of",
    "most_bytes",
    "page_of",
    "picture_of",
    "prove",
    "steps_of",
    "text_of",
    "verify_again",
]
