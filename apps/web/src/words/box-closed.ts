import { oldKeys } from './device-troubles.ts'
import { type About, type TroubleWords, warning } from './trouble-words.ts'

const boxClosed = 'The box from your browser closed before you finished.'

const titleOfClosed = ({ doing, device }: About): string => {
  if (doing === 'log-in') return 'You are not logged in yet'
  return doing === 'check' ? 'We have not checked it is you yet' : `This ${device} is not set up yet`
}

/** A box that was closed, which is no failure: the same button opens it again. */
export const closed = (about: About): TroubleWords => {
  const { doing, button, pressed = button, leadsElsewhere } = about
  const words = { shape: 'closed' as const, title: titleOfClosed(about), happened: boxClosed }
  if (doing === 'set-up')
    return {
      ...words,
      happened: `${boxClosed} ${oldKeys} Your link still works.`,
      whatNow: `Select **${button}**. If you set it up before, select **Log in**.`,
      waysOut: ['log-in'],
    }
  if (leadsElsewhere)
    return {
      ...words,
      happened: `${boxClosed} Or this device is not set up for you. ${oldKeys}`,
      whatNow: `Select **${button}** to try again, or **Use a different device**.`,
    }
  return { ...words, happened: `${boxClosed} ${oldKeys}`, whatNow: `Select **${pressed}** to try again.` }
}

export const timedOut: TroubleWords = {
  shape: 'closed',
  title: 'The box closed after 5 minutes',
  happened: 'Nothing is lost.',
  whatNow: 'Get your phone or security key ready, then select **Try again**.',
  button: 'Try again',
}

/** A browser tells no more of it than this: a device without a passkey for us closes the box as fast as a wrong finger. */
export const didNotStayOpen = ({ doing, leadsElsewhere }: About): TroubleWords => {
  const notSetUp = doing === 'log-in' ? ' Or this device is not set up for you.' : ''
  const another = leadsElsewhere ? ', or **Use a different device**' : ''
  return warning(
    'The box closed straight away',
    `Your fingerprint, face or PIN may not have matched.${notSetUp} Or another window may be in front. Or your IT team may have turned this off. ${oldKeys}`,
    `Select **Try again**${another}. If it happens twice, call IT.`,
    { button: 'Try again' },
  )
}
