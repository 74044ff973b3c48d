import type { AuthenticationResponse, RequestOptions, SignInStep } from '@fobwatch/contracts'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { call } from '../../api.ts'
import { authenticate, closeBox, type Hint, signalUnknown } from '../../ceremony/index.ts'
import { freshFor, keepReady } from '../../keep-ready.ts'
import { useTask } from '../../parts/use-task.ts'
import { asTrouble } from '../../trouble.ts'

interface SignInParts {
  /** The sign-in in progress. */
  interaction: string
  /** Which page of the screen is shown. */
  page: string | undefined
  /** Whether that page shows the field that autofill needs. */
  offersAutofill: boolean
  /** Whether its person says that other people use this device. */
  shared?: boolean
  /** What must be over before the answer is sent, though the box may open already. */
  waitFor?: () => Promise<unknown> | undefined
  /** Goes on to what the API says comes next. */
  onStep: (step: SignInStep) => Promise<void>
}

/** Resolves when the page has focus: Safari refuses a ceremony that begins without it. */
const pageHasFocus = (): Promise<unknown> =>
  document.hasFocus()
    ? Promise.resolve()
    : new Promise((resolve) => window.addEventListener('focus', resolve, { once: true }))

const second = 1_000

/** Logs in whoever answers: by a press of a button, or by autofill, which waits in the background. */
export const useSignIn = ({ interaction, page, offersAutofill, shared = false, waitFor, onStep }: SignInParts) => {
  const fetchOptions = () => call('POST /sign-in/:interaction/options', { interaction })
  const ready = useMemo(() => keepReady(fetchOptions), [interaction])
  const task = useTask(page)
  const [attachment, setAttachment] = useState<string>()
  const offering = useRef(false)
  // The autofill that waits is answered by what is said by then.
  const saysShared = useRef(shared)
  saysShared.current = shared

  const send = (response: AuthenticationResponse, { rpId }: RequestOptions) =>
    call('POST /sign-in/:interaction/assertion', {
      interaction,
      response,
      ...(saysShared.current && { shared: true }),
    }).catch((thrown) => {
      if (asTrouble(thrown).code === 'credential_removed') signalUnknown(rpId, response.id)
      throw thrown
    })
  const finish = async (response: AuthenticationResponse, options: RequestOptions) => {
    ready.spend()
    setAttachment(response.authenticatorAttachment)
    await waitFor?.()
    await onStep(await send(response, options))
  }
  const waitForAutofill = async () => {
    const options = await ready.take()
    if (!offering.current || task.isRunning()) return
    const response = await authenticate(options, { autofill: true })
    if (!(await task.run(() => finish(response, options), true))) void offerAutofill()
  }
  // Nobody pressed anything, so nobody is told when it ends.
  const offerAutofill = () => waitForAutofill().catch(() => undefined)

  const press = async (hint?: Hint) => {
    const answerBox = async () => {
      const asked = ready.take()
      await finish(await authenticate(asked, { hint }), await asked)
    }
    if (await task.run(answerBox)) return
    await pageHasFocus()
    void offerAutofill()
  }

  // Begins anew for another sign-in, or when the field appears, and each time the challenge grows old.
  useEffect(() => {
    offering.current = offersAutofill
    void offerAutofill()
    const renewal = setInterval(offerAutofill, freshFor + second)
    return () => {
      offering.current = false
      clearInterval(renewal)
      if (!task.isRunning()) closeBox() // What runs is a box that somebody opened.
    }
  }, [interaction, offersAutofill])
  return { task, press, attachment }
}
