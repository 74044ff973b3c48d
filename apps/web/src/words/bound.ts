import type { Authenticator } from '@fobwatch/contracts'

/** The act that bound a way to its person, at the start of a sentence. */
export const boundWords: Record<Authenticator['boundBy'], string> = {
  'in-person': 'Set up with somebody of the desk, in person,',
  video: 'Set up with somebody of the desk, on a video call,',
  link: 'Set up on their own, with a link, code or pass,',
  session: 'Added by themselves, while they were logged in,',
  command: 'Set up with a link made by command,',
}
