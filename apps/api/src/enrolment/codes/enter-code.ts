import type { CodeEntered, EnterCode } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { hashOf, keyedHashOf, newSecret, Refusal, TooMany, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { enteredMinutes, expiryOf } from '../rules.ts'
import { tidyShortCode } from './short-code.ts'
import type { Tried } from './store.ts'

/** Wrong codes from one network until only its first try for each person is heard. */
const mostFailures = 10
/** Tries of one network for one person that are heard before. */
const mostForOne = 5
/** How long they are counted together. */
const countedMinutes = 15

type Entering = Pick<Deps, 'store' | 'now' | 'inTransaction' | 'record' | 'recordAlone' | 'publish' | 'codeKey'>
type From = Pick<Visit, 'network' | 'requestId' | 'setPassCookie'>

/** What is stored of a short code: nobody can try out the few that there are without the key. */
export const shortCodeHash = (key: Uint8Array, staffId: string, code: string): Buffer =>
  keyedHashOf(key, `code ${staffId} ${code}`)

/** How often it was wrong from where a code is typed in, with this try: whoever it was for, and for this person. */
interface Counted {
  failures: number
  forPerson: number
  /** Whether it is heard. */
  heard: boolean
  /** Whether a wrong one is answered by no more than that there were too many. */
  limited: boolean
  /** When it is counted anew. */
  resetsAt: Date
}

/** Counted before it is looked at, so that many at once are not all the first. */
const countTry = async ({ store, now }: Entering, network: Buffer, pair: Buffer): Promise<Counted> => {
  const at = now()
  const rows = await store.countTries([network, pair], at, expiryOf(at, countedMinutes))
  const [all, one] = [network, pair].map((key) => rows.find((row) => row.network.equals(key)))
  if (!all || !one) throw new Error('A try was not counted')
  const isLimited = all.failures > mostFailures
  const heard = one.failures <= (isLimited ? 1 : mostForOne)
  const { resetsAt } = isLimited ? all : one
  return { failures: all.failures, forPerson: one.failures, heard, limited: isLimited || !heard, resetsAt }
}

/**
 * Takes a short code for a person, once, and puts a secret in its place that this browser alone knows: a set-up code in
 * the answer, or a cookie for a temporary pass. A wrong one counts against the network that it came from, and is told at the
 * desk. A network is heard five times for one person, and once for each after ten wrong ones, so that it cannot go on guessing;
 * and no number of them ends anybody's code. A colleague there who types theirs right is let in.
 * @throws Refusal `code_unknown`, one same answer whatever is wrong with it; `too_many`
 */
export const enterCode =
  (deps: Entering) =>
  async ({ staffId, code }: EnterCode, visit: From): Promise<CodeEntered> => {
    const at = deps.now()
    const network = keyedHashOf(deps.codeKey, `network ${visit.network}`)
    const pair = keyedHashOf(deps.codeKey, `network ${visit.network} for ${staffId}`)
    const counted = await countTry(deps, network, pair)
    const secret = newSecret()
    const tried = await deps.inTransaction(async (tx) => {
      const entered = await deps.store.enter(tx, {
        ...{ staffId, at, heard: counted.heard, secretHash: hashOf(secret) },
        codeHash: shortCodeHash(deps.codeKey, staffId, tidyShortCode(code)),
        expiresAt: expiryOf(at, enteredMinutes),
      })
      if (entered.right) {
        await deps.store.giveBack(tx, [network, pair])
        await recordEntered(deps, tx, entered, at, visit.requestId)
      }
      return entered
    })
    if (!tried.right) throw await refusalOf(deps, tried, counted, visit.requestId)
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
  { recordAlone, now }: Entering,
  { personId, invitation }: Tried,
  { failures, forPerson, limited, resetsAt }: Counted,
  requestId: string,
): Promise<Refusal> => {
  if (failures <= mostFailures + 1 && forPerson <= mostForOne + 1)
    await recordAlone({
      ...{ type: 'short-code-refused', outcome: 'refused', person: personId, requestId },
      details: { invitation, failures, limited },
    })
  return limited ? new TooMany((resetsAt.getTime() - now().getTime()) / 1000) : new Refusal('code_unknown')
}
