"""Making commitments and proofs of 0 or 1 out of nothing but a line's secret: built again, the same bytes.

Runs on `sodium`, because its scalars are secrets. Python itself still branches on whether a case counts; who
can time the building of a cut in the organisation's own machine is past caring for that.
"""

from __future__ import annotations

from hashlib import shake_256

from constancia.domain.ledger import sodium
from constancia.domain.ledger.edwards import BASE, encode
from constancia.domain.ledger.tally import H, Place, blinding_source, challenge, framed

_G, _H = encode(BASE), encode(H)


def committed(value: int, factor: bytes) -> bytes:
    """v*G + r*H. `value`: 0 or 1; `factor`: r."""
    hidden = sodium.multiply(factor, _H)
    return sodium.add(hidden, _G) if value else hidden


def proven(key: bytes, place: Place, value: int) -> tuple[bytes, bytes]:
    """The token (commitment and proof) of 0 or 1 at `place`, and r.

    The three nonces follow from the key and from everything that the challenge follows from, so there is
    never one nonce under two challenges. Raises ValueError for another value.
    """
    if value not in (0, 1):
        raise ValueError("neither 0 nor 1")
    r = sodium.reduced(blinding_source(key, place, value))
    commitment = committed(value, r)
    drawn = shake_256(
        b"constancia/tally/nonces/v1\x00" + framed(key, place.framed(), bytes([value]), commitment)
    ).digest(192)  # fmt: skip
    nonce, other_c, other_z = (sodium.reduced(drawn[at : at + 64]) for at in (0, 64, 128))
    true = sodium.multiply(nonce, _H)
    # The branch that is not true: A = z*H - c*(C - (1-v)*G), and C - (1-v)*G is r*H - G or r*H + G.
    over_h = sodium.multiply(sodium.difference(other_z, sodium.product(other_c, r)), _H)
    over_g = sodium.multiply_base(other_c)
    false = sodium.subtract(over_h, over_g) if value else sodium.add(over_h, over_g)
    first, second = (false, true) if value else (true, false)
    whole = sodium.reduced(challenge(place, commitment, first, second))
    true_c = sodium.difference(whole, other_c)
    true_z = sodium.sum_of(nonce, sodium.product(true_c, r))
    c0, z0, z1 = (other_c, other_z, true_z) if value else (true_c, true_z, other_z)
    return commitment + first + second + c0 + z0 + z1, r
