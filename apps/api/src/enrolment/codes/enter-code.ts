import type { CodeEntered, EnterCode } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { hashOf, keyedHashOf, newSecret, Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { enteredMinutes, expiryOf } from '../rules.ts'
import { tidyShortCode } from './short-code.ts'
import type { Tried } from './store.ts'

/** Wrong codes from one network until only a first try at a code is heard from there. */
const mostFailures = 10
/** How long they are counted together. */
const countedMinutes = 15

type Entering = Pick<Deps, 'store' | 'now' | 'inTransaction' | 'record' | 'recordAlone' | 'publish' | 'codeKey'>
type From = Pick<Visit, 'network' | 'requestId' | 'setPassCookie'>

/** What is stored of a short code: nobody can try out the few that there are without the key. */
export const shortCodeHash = (key: Uint8Array, staffId: string, code: string): Buffer =>
  keyedHashOf(key, `code ${staffId} ${code}`)

/**
 * Takes a short code for a person, once, and puts a secret in its place that this browser alone knows: a set-up code in
 * the answer, or a cookie for a temporary pass. A wrong one counts against the code that the person has, which the fifth
 * ends, and against the network that it came from. From a network with ten wrong ones no code is heard that anybody tried
 * before, so that it cannot go on guessing, nor end anybody's code; a colleague there who types theirs right is let in.
 * @throws Refusal `code_unknown`, one same answer whatever is wrong with it; `too_many`
 */
export const enterCode =
  (deps: Entering) =>
  async ({ staffId, code }: EnterCode, visit: From): Promise<CodeEntered> => {
    const at = deps.now()
    const network = keyedHashOf(deps.codeKey, `network ${visit.network}`)
    // Counted before it is looked at, so that many at once are not all the first.
    const failures = await deps.store.countTry(network, at, expiryOf(at, countedMinutes))
    const isLimited = failures > mostFailures
    const secret = newSecret()
    const tried = await deps.inTransaction(async (tx) => {
      const entered = await deps.store.enter(tx, {
        ...{ staffId, at, firstTryOnly: isLimited, secretHash: hashOf(secret) },
        codeHash: shortCodeHash(deps.codeKey, staffId, tidyShortCode(code)),
        expiresAt: expiryOf(at, enteredMinutes),
      })
      if (entered.right) {
        await deps.store.giveBack(tx, network)
        await recordEntered(deps, tx, entered, at, visit.requestId)
      }
      return entered
    })
    if (!tried.right) throw await refusalOf(deps, tried, failures, visit.requestId)
    if (tried.channel !== 'pass') return { channel: 'code', code: secret }
    visit.setPassCookie(secret)
    return { channel: 'pass', code: null }
  }

const recordEntered = async (
  { record, publish }: Entering,
  tx: Transaction,
  { personId, invitation, channel }: Tried,
  at: Date,
  requestId: string,
): Promise<void> => {
  if (!personId || !invitation) throw new Error('A code of nobody')
  const type = channel === 'pass' ? 'pass-used' : 'short-code-used'
  await record(tx, { type, person: personId, requestId, details: { invitation } })
  if (channel === 'pass') await publish(tx, { kind: 'pass-used', invitation, person: personId, at: at.toISOString() })
}

// One record for each wrong code, whoever it was for, so that an answer takes as long for nobody; and none any more from
// a network that goes on, or it could fill the log.
const refusalOf = async (
  { recordAlone }: Entering,
  { personId, invitation }: Tried,
  failures: number,
  requestId: string,
): Promise<Refusal> => {
  const isLimited = failures > mostFailures
  if (failures <= mostFailures + 1)
    await recordAlone({
      ...{ type: 'short-code-refused', outcome: 'refused', person: personId, requestId },
      details: { invitation, failures, limited: isLimited },
    })
  return new Refusal(isLimited ? 'too_many' : 'code_unknown')
}
