import { Refusal } from '#kernel'

/**
 * The bytes of a base64url text, which must be the one way to write them, so that no id has two spellings.
 * @throws Refusal `response_malformed`
 */
export const bytesOf = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text)
    throw new Refusal('response_malformed', new Error('Not canonical base64url'))
  return bytes
}
