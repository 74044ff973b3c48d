import type { Task } from '#access'
import { type Visit, visitor } from '#http'
import { isRefusal, Refusal, type RefusalCode, type Transaction } from '#kernel'
import type { Deps } from './deps.ts'
import { recordRefusal, type Why } from './person-within.ts'
import type { PersonRow } from './store.ts'

/** What every deed about what somebody logs in with asks of the agent. */
export const task = 'issue-authenticator'

/** A deed about a person. */
export interface About {
  staffId: string
  /** What agents are told who would do it to themselves. */
  notToOneself: string
  /** Whether it is done only for people whose profile is active. */
  onlyActive: boolean
  /** What it asks of the agent; issuing what people log in with, unless it says otherwise. */
  task?: Task
  /** What allows it, or a part of it, to those whom the task does not allow it for this person: the deed is told which it was. */
  orTask?: Task
  /** Whether a duty that allows it in any way, such as by request, goes in: the deed asks which. */
  inAnyWay?: boolean
  /** Whether it is out of the hands of agents who may do less than the person; it is unless it says otherwise. */
  overThem?: boolean
  /**
   * Whether it is refused about a second profile of the agent's too: one who parted the two could decide as one what they
   * asked for as the other.
   */
  partsProfiles?: boolean
}

type Reason = Exclude<Why, RefusalCode>

/** What an agent is told; somebody outside their reach is not there, as somebody who does not exist is not. */
const refusals: Record<Reason, { code: RefusalCode; sentence?: string }> = {
  'no-duty': { code: 'not_allowed' },
  outside: { code: 'not_found' },
  self: { code: 'not_allowed' },
  'not-active': { code: 'not_allowed', sentence: 'This profile is paused or closed.' },
  duties: { code: 'not_allowed', sentence: 'They may do things that you may not do yourself.' },
}

/** What the answer rests on: a task, and the person or why this agent may not do it to them. */
interface Seen {
  task: Task
  found: PersonRow | Reason
}

/** Whether this agent may do it to the person. Asked under locks, so that the answer holds until the deed does. */
const look = async (deps: Deps, tx: Transaction, actor: string, about: About): Promise<Seen> => {
  await deps.access.holdPositions(tx, actor)
  const seen = await findByTask(deps, tx, actor, about)
  const { task, found } = seen
  if (typeof found === 'string') return seen
  const why = await whyNot(deps, tx, actor, about, found)
  return { task, found: why ?? found }
}

/** Whom the agent's tasks reach, by the whole task where it does, or else by the other. */
const findByTask = async (deps: Deps, tx: Transaction, actor: string, about: About): Promise<Seen> => {
  let seen: Seen = { task: about.task ?? task, found: 'no-duty' }
  for (const asked of [about.task ?? task, about.orTask]) {
    if (!asked) continue
    const reach = await reachFor(deps, tx, actor, asked, about)
    if (reach.length === 0) continue
    const person = await deps.store.findPerson(reach, about.staffId, deps.now(), tx)
    if (person) return { task: asked, found: person }
    if (seen.found === 'no-duty') seen = { task: asked, found: 'outside' }
  }
  return seen
}

/** Why a person within reach is out of the agent's hands. */
const whyNot = async (
  { access, requests }: Deps,
  tx: Transaction,
  actor: string,
  { onlyActive, overThem = true, partsProfiles }: About,
  { personId, status }: PersonRow,
): Promise<Reason | undefined> => {
  if (personId === actor) return 'self'
  if (partsProfiles && (await requests.isSame(tx, actor, personId))) return 'self'
  if (onlyActive && status !== 'active') return 'not-active'
  if (overThem && !(await access.coversDutiesOf(tx, actor, personId))) return 'duties'
  return undefined
}

/** Where an agent may do it, or may do it somehow. */
const reachFor = async (
  { access }: Deps,
  tx: Transaction,
  actor: string,
  asked: Task,
  { inAnyWay }: About,
): Promise<string[]> => {
  if (!inAnyWay) return access.reachOf(actor, asked, tx)
  return [...new Set((await access.waysToDo(actor, asked, tx)).map(({ organisationId }) => organisationId))]
}

/**
 * Does a deed about a person, in one transaction with the agent's right to it, and records why it was refused. What
 * somebody logs in with, who they are and how they are reached is in the hands of nobody who may do less than they.
 * @throws Refusal `not_signed_in` when the agent's session ended meanwhile; `not_found` for a person outside the agent's
 *   organisations; `not_allowed` for the agents themselves, for anyone whose profile is not active where that is asked,
 *   and for anyone with a duty that allows something, somewhere, which the agent's do not; and as the deed does
 */
export const deedAbout = async <T>(
  deps: Deps,
  visit: Visit,
  about: About,
  deed: (tx: Transaction, personId: string, person: PersonRow, allowedBy: Task) => Promise<T>,
): Promise<T> => {
  const signedIn = visitor(visit)
  const { personId: actor } = signedIn
  const person = await deps.store.findAnyone(about.staffId)
  if (!person) throw new Refusal('not_found')

  let why: Reason | undefined
  let asked = about.task ?? task
  try {
    return await deps.inTransaction(async (tx) => {
      await deps.store.lockPeople(tx, [actor, person.id])
      await deps.sessions.requireLive(tx, signedIn)
      const { task: allowedBy, found } = await look(deps, tx, actor, about)
      asked = allowedBy
      if (typeof found !== 'string') return deed(tx, person.id, found, allowedBy)
      why = found
      throw refusalFor(why, about)
    })
  } catch (error) {
    if (isRefusal(error) && error.code !== 'not_signed_in')
      await recordRefusal(deps, visit, person.id, asked, why ?? error.code)
    throw error
  }
}

const refusalFor = (why: Reason, { notToOneself }: About): Refusal => {
  const { code, sentence = why === 'self' ? notToOneself : undefined } = refusals[why]
  return new Refusal(code, undefined, sentence ? [sentence] : [])
}
