// SHA-2, by the browser. A browser keeps it from pages that came over a network unencrypted.
const hashed = async (name, data) => new Uint8Array(await crypto.subtle.digest(name, data));
const sha256 = (data) => hashed("SHA-256", data);
const sha512 = (data) => hashed("SHA-512", data);
const canHash = () => Boolean(globalThis.crypto?.subtle);
