/** The longest form that is read, in characters: a logout token and its name. */
const MAX_FORM_LENGTH = 70_000

/** Reads the body of a request; of one that is longer than a form of ours can be, the rest is let go. */
export const readForm = async (request: AsyncIterable<unknown>): Promise<string> => {
  let text = ''
  for await (const chunk of request) if (text.length < MAX_FORM_LENGTH) text += String(chunk)
  return text
}
