import type { RequestOptionsJSON } from '@fobwatch/testkit'
import { type Browser, expectOk } from '../load/browser.ts'
import type { Person } from './contender.ts'

interface Step {
  next: string
  url?: string
  roles?: { id: string }[]
}

/**
 * What Fobwatch's log-in page does (apps/web/src/screens/sign-in), and the floor's would: it asks what to show and for a
 * challenge, sends the answer of the device, and the role where there is a choice.
 */
export const logInAtPage = async (browser: Browser, { device }: Person, page: URL): Promise<URL> => {
  const at = (verb: string) => new URL(`${page.pathname}/${verb}`, page)
  const ask = async (verb: string, body?: object) => expectOk(await browser.ask(at(verb), page, body)).body
  await ask('state')
  const options = JSON.parse(await ask('options', {})) as RequestOptionsJSON
  const response = device.authenticate(options, { origin: page.origin })
  let step = JSON.parse(await ask('assertion', { response })) as Step
  const role = step.roles?.[0]?.id
  if (step.next === 'role' && role !== undefined) step = JSON.parse(await ask('role', { role })) as Step
  if (!step.url) throw new Error(`Not logged in, but: ${JSON.stringify(step)}`)
  return new URL(step.url, page)
}
