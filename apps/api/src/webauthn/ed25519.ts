// Constants of edwards25519 (RFC 8032 §5.1).
const p = 2n ** 255n - 19n
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n

/**
 * The y of every point whose order divides 8. Such a key is worth nothing: a signature that verifies can be made
 * without any private key.
 */
const smallOrderY = new Set([
  0n,
  1n,
  p - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  55188659117513257062467267217118295137698188065244968500265048394206261417927n,
])

const powerOf = (base: bigint, exponent: bigint): bigint => {
  let result = 1n
  for (let [b, e] = [base % p, exponent]; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * b) % p
    b = (b * b) % p
  }
  return result
}

/**
 * Whether 32 bytes are a public key that Ed25519 can use: canonical, on the curve and not of small order. OpenSSL
 * imports any 32 bytes.
 */
export const isSoundEd25519Key = (bytes: Uint8Array): boolean => {
  const y = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`) & (2n ** 255n - 1n)
  if (y >= p || smallOrderY.has(y)) return false
  // A point exists when x² = (y² − 1) / (d·y² + 1) has a root; by Euler's criterion, when u·v is a square.
  const ySquared = (y * y) % p
  const [u, v] = [(ySquared - 1n + p) % p, (d * ySquared + 1n) % p]
  return powerOf((u * v) % p, (p - 1n) / 2n) === 1n
}
