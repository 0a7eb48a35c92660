"""How large a table may be."""

from __future__ import annotations

MAX_ROWS = 1_000_000
"""Rows under the header."""
MAX_COLUMNS = 2_000
MAX_CELL = 20_000
"""Characters in one cell."""
MAX_AREA = 40_000_000
"""Cells of the rectangle that a worksheet spans, which is what its reader keeps in memory."""
MAX_TEXT = 1_000_000_000
"""Bytes of all texts of a worksheet, a text counted as often as cells point to it."""
MAX_BYTES = 1_000_000_000
"""Of the file itself."""
