"""Names as bits: encodings with a shared secret, so that two lists can be compared without showing them.

It knows fields of tokens and nothing of who stands behind them.
"""
