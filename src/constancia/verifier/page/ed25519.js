// Checking Ed25519 signatures (RFC 8032, 5.1.7). By our own arithmetic always: browsers differ in which odd
// keys they let pass, and one edition must have one verdict.

async function isSigned(key, message, signature) {
  if (signature.length !== 64) return false;
  const first = signature.slice(0, 32);
  const [point, nonce] = [decodePoint(key), decodePoint(first)];
  const scalar = littleEndian(signature.slice(32));
  if (!point || !nonce || scalar >= ORDER || isSmall(point) || isSmall(nonce)) return false;
  const challenge = littleEndian(await sha512(joined(first, key, message))) % ORDER;
  return equal(addPoints(multiply(scalar, BASE), multiply(ORDER - challenge, point)), nonce);
}

const isSmall = (point) => vanishes(point);
