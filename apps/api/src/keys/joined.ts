/**
 * An ECDSA signature as a JWS has it (RFC 7518 §3.4), from DER as OpenSSL makes it: r and s, each in as few bytes as hold it.
 * @param bytes how long r and s are to be; below 62, so that every length in the DER is one byte
 */
export const joined = (der: Uint8Array, bytes: number): Uint8Array => {
  const signature = new Uint8Array(2 * bytes)
  const put = (at: number, end: number): number => {
    const next = at + 2 + (der[at + 1] ?? 0)
    // A zero before r or s keeps it from being negative, and is one byte more than it has.
    const from = Math.max(at + 2, next - bytes)
    signature.set(der.subarray(from, next), end - (next - from))
    return next
  }
  put(put(2, bytes), 2 * bytes)
  return signature
}
