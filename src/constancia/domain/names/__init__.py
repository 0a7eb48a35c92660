"""Personal names: kept as written, compared as folded."""

from constancia.domain.names.folding import fold, match_key, tokens
from constancia.domain.names.writing import MAX_CHARACTERS, MAX_COMBINING, clean_written, written

__all__ = ["MAX_CHARACTERS", "MAX_COMBINING", "clean_written", "fold", "match_key", "tokens", "written"]
