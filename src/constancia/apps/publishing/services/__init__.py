"""What people do with what is published. The only writers of this room."""

from constancia.apps.publishing.services.approving import approve
from constancia.apps.publishing.services.building import build
from constancia.apps.publishing.services.checking import Checked, check
from constancia.apps.publishing.services.drafting import (
    DraftGiven,
    amend_draft,
    decide_merges,
    discard_draft,
    new_draft,
)
from constancia.apps.publishing.services.errata import issue_erratum
from constancia.apps.publishing.services.site import write_site
from constancia.apps.publishing.services.texts import digest, remove_text, save_text, start_report
from constancia.domain.disclosure.pattern import from_json as pattern_of
from constancia.domain.publishing.texts.reading import LONGEST

__all__ = [
    "LONGEST",
    "Checked",
    "DraftGiven",
    "amend_draft",
    "approve",
    "build",
    "check",
    "decide_merges",
    "digest",
    "discard_draft",
    "issue_erratum",
    "new_draft",
    "pattern_of",
    "remove_text",
    "save_text",
    "start_report",
    "write_site",
]
