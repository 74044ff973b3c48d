/** What some bytes say in JSON; nothing where they say nothing. */
export const readJson = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}
