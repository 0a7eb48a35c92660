"""What outsiders run to check an edition: no Django, no database, no network, the standard library alone.

`steps.verify` takes a bundle and gives numbered steps with their results; the same numbers stand in the
output, in docs/verify.md and in the single file `verificar.py` that `onefile` makes of these modules.
"""
