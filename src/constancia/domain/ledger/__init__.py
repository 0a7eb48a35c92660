"""The ledger: a Merkle tree over everything recorded, checkpoints of it, and proofs that outsiders can check.

Nothing here imports more than the standard library: the same modules make the verifier that stands in every
bundle as one file. Formats are those of C2SP (signed-note, tlog-checkpoint, tlog-tiles, tlog-proof,
tlog-policy, tlog-cosignature) and RFC 9162; ours are in `entry`, `slots` and `cut`.
"""
