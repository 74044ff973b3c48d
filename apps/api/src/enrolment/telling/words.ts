import type { PlannedDevice } from '@fobwatch/contracts'
import { momentWords } from '#mail'

const deviceWords: Record<PlannedDevice, { it: string; where: string }> = {
  phone: { it: 'your phone', where: 'on that phone' },
  computer: { it: 'your computer', where: 'on that computer' },
  'security-key': { it: 'your security key', where: 'on a computer, with the key in your hand' },
  smartcard: { it: 'your smartcard', where: 'on a computer that reads the card' },
}
const anyDevice = { it: 'a device', where: 'on that device' }

interface Invited {
  givenName: string
  employer: string | undefined
  device: PlannedDevice | null
  until: Date
  link: string
}

/** The letter with a link to set up a device. It is the one letter of ours that has a link to follow. */
export const invitedWords = ({
  givenName,
  employer,
  device,
  until,
  link,
}: Invited): { subject: string; text: string } => {
  const { it, where } = device ? deviceWords[device] : anyDevice
  const paragraphs = [
    ...(employer ? [`From ${employer}.`] : []),
    `${givenName}, set up ${it} to log in to Fobwatch. Open this link ${where} before ${momentWords(until)} (UK time):`,
    link,
    'The link is for you alone, and works once. Give it to nobody else.',
    'We never ask for a PIN or code in a message.',
    'If you did not expect this, do not open the link, and call the desk. Use the number that you always use.',
    'Fobwatch',
  ]
  return { subject: `Set up ${it} to log in`, text: `${paragraphs.join('\n\n')}\n` }
}

/** The letter about a temporary pass that was typed in. */
export const passUsedWords = ({ holder, at }: { holder: string; at: Date }): { subject: string; text: string } => {
  const paragraphs = [
    `Hello ${holder},`,
    'The temporary pass that the desk gave you was used to set up a device.',
    `When: ${momentWords(at)} (UK time)`,
    'If this was you, you do not need to do anything. The pass works for 15 minutes, and for one device.',
    'If it was not you, call the desk now. Use the number that you always use. Tell them about this email.',
    'This email needs no answer, and has no links for you to follow.',
    'Fobwatch',
  ]
  return { subject: 'Your temporary pass was used', text: `${paragraphs.join('\n\n')}\n` }
}
