"""Files that strangers sent: what they are, what they say of themselves, and copies safe to look at."""

from constancia.infra.viewing.kinds import FileKind, Group, kind_of
from constancia.infra.viewing.looking import Examined, examine, page_picture, plain_text, shareable

__all__ = [
    "Examined",
    "FileKind",
    "Group",
    "examine",
    "kind_of",
    "page_picture",
    "plain_text",
    "shareable",
]
