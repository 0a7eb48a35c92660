"""The curve edwards25519 with Python integers: for checking public data, never for secrets (variable time).

Points are extended coordinates (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z (RFC 8032, 5.1.4).
"""

from __future__ import annotations

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
"""The order of the subgroup that BASE generates."""

D = -121665 * pow(121666, -1, PRIME) % PRIME
_ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)

Point = tuple[int, int, int, int]

IDENTITY: Point = (0, 1, 1, 0)


def add(left: Point, right: Point) -> Point:
    a = (left[1] - left[0]) * (right[1] - right[0]) % PRIME
    b = (left[1] + left[0]) * (right[1] + right[0]) % PRIME
    c = 2 * left[3] * right[3] * D % PRIME
    d = 2 * left[2] * right[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def double(point: Point) -> Point:
    a, b = point[0] * point[0] % PRIME, point[1] * point[1] % PRIME
    c = 2 * point[2] * point[2] % PRIME
    h = a + b
    e = h - (point[0] + point[1]) ** 2 % PRIME
    g = a - b
    f = c + g
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def negate(point: Point) -> Point:
    return -point[0] % PRIME, point[1], point[2], -point[3] % PRIME


def multiply(factor: int, point: Point) -> Point:
    return multiply_two(factor, point, 0, IDENTITY)


def multiply_two(first: int, left: Point, second: int, right: Point) -> Point:
    """first * left + second * right, by Straus's method with windows of two bits."""
    table = [[IDENTITY] * 4 for _ in range(4)]
    for i in range(4):
        for j in range(4):
            if i:
                table[i][j] = add(table[i - 1][j], left)
            elif j:
                table[i][j] = add(table[0][j - 1], right)
    found = IDENTITY
    bits = max(first.bit_length(), second.bit_length(), 1)
    for shift in range((bits + 1) // 2 * 2 - 2, -1, -2):
        found = double(double(found))
        i, j = first >> shift & 3, second >> shift & 3
        if i or j:
            found = add(found, table[i][j])
    return found


def equal(left: Point, right: Point) -> bool:
    return (left[0] * right[2] - right[0] * left[2]) % PRIME == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % PRIME == 0


def decode(data: bytes) -> Point | None:
    """The point of 32 bytes, None where they are not the one encoding of a point (RFC 8032, 5.1.3)."""
    if len(data) != 32:
        return None
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= PRIME:
        return None
    square = y * y % PRIME
    u, v = square - 1, (D * square + 1) % PRIME  # x^2 = u/v; v is never 0: -1/d is no square
    if u == 0:
        return None if sign else (0, y, 1, 0)
    cube = v * v * v % PRIME
    x = u * cube * pow(u * cube * cube * v, (PRIME - 5) // 8, PRIME) % PRIME
    twice = v * x * x % PRIME
    if twice == -u % PRIME:
        x = x * _ROOT_OF_MINUS_ONE % PRIME
    elif twice != u % PRIME:
        return None
    if x & 1 != sign:
        x = PRIME - x
    return x, y, 1, x * y % PRIME


def encode(point: Point) -> bytes:
    z = pow(point[2], -1, PRIME)
    x, y = point[0] * z % PRIME, point[1] * z % PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _base() -> Point:
    found = decode(bytes([0x58] + [0x66] * 31))
    assert found is not None
    return found


BASE = _base()
