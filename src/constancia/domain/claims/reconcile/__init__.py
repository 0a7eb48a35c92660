"""What follows if claims are true together, and which of them cannot be.

Claims are constraints over quantities that nobody may have published: how many of what happened on which
days was verified by which moment, how many came onto a list and left it. What is assumed is written in
docs/decisions/reconciliation.md.
"""
