/** Names of COSE algorithms (IANA COSE Algorithms), those that are refused here included. */
const names = new Map([
  [-7, 'ES256'],
  [-8, 'EdDSA'],
  [-9, 'ESP256'],
  [-19, 'Ed25519'],
  [-35, 'ES384'],
  [-36, 'ES512'],
  [-37, 'PS256'],
  [-38, 'PS384'],
  [-39, 'PS512'],
  [-47, 'ES256K'],
  [-48, 'ML-DSA-44'],
  [-49, 'ML-DSA-65'],
  [-50, 'ML-DSA-87'],
  [-51, 'ESP384'],
  [-52, 'ESP512'],
  [-53, 'Ed448'],
  [-257, 'RS256'],
  [-258, 'RS384'],
  [-259, 'RS512'],
  [-65535, 'RS1'],
])

/** What people call an algorithm: its name, or its number where it has none here. */
export const algorithmName = (algorithm: number | null): string | null =>
  algorithm === null ? null : (names.get(algorithm) ?? String(algorithm))
