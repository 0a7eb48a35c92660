"""How other programs get in. Empty so far: the rooms of this house call `apps/*/queries.py` in Python."""
