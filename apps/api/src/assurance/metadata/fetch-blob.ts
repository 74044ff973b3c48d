const mostBytes = 64 * 1024 * 1024
const mostMilliseconds = 60_000

interface Limits {
  mostBytes?: number
  mostMilliseconds?: number
}

/**
 * Fetches a blob from the address that the operator configured, and from no other: a redirection is refused.
 * @throws Error with a sentence
 */
export const fetchBlob = async (address: string, limits: Limits = {}): Promise<string> => {
  const signal = AbortSignal.timeout(limits.mostMilliseconds ?? mostMilliseconds)
  const answer = await fetch(address, { redirect: 'error', signal }).catch((cause: unknown) => {
    throw new Error(`${address} does not answer, or points elsewhere.`, { cause })
  })
  if (!answer.ok || !answer.body) throw new Error(`${address} answers with the status ${answer.status}.`)

  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body) {
    size += chunk.length
    if (size > (limits.mostBytes ?? mostBytes)) throw new Error(`What ${address} sends is larger than metadata is.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
