"""Making copies that only people far away can open, checking them without a secret, putting them back.

Nothing here knows what a register holds: files, ciphertext, a signed list.
"""
