"""What figures mean: definitions and population rules as data, dimensions, causes of change.

Counting itself is columnar and stands in `apps/figures`; `tests/domain/figures/oracle.py` says the
same in few lines of plain Python, and tests hold the two together.
"""
