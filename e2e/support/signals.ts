import type { Page } from '@playwright/test'

/** What a page told its browser by the Signal API: the name of the call, and what it was given. */
export type Signal = [name: string, options: object]

const binding = 'noteSignal'

/** Runs in the page, before its own scripts: notes each signal and passes it on. */
const passOn = (binding: string) => {
  const note = Reflect.get(window, binding) as (name: string, options: object) => Promise<void>
  for (const name of ['signalUnknownCredential', 'signalAllAcceptedCredentials', 'signalCurrentUserDetails']) {
    const signal = Reflect.get(PublicKeyCredential, name).bind(PublicKeyCredential)
    Reflect.set(PublicKeyCredential, name, (options: object) => {
      void note(name, options)
      return signal(options)
    })
  }
}

/** Hears what the page signals to its devices, from the next page that it opens. @returns what was heard, in order */
export const hearSignals = async (page: Page): Promise<Signal[]> => {
  const heard: Signal[] = []
  await page.exposeFunction(binding, (...signal: Signal) => void heard.push(signal))
  await page.addInitScript(passOn, binding)
  return heard
}
