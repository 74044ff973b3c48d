import type { Task } from '#access'
import type { RecordAlone } from '#audit'
import type { Application, Guard, SignedIn, Visit } from '#http'
import { type Now, Refusal } from '#kernel'
import type { Failures, Subject } from '#limits'
import type { Admission, OwnApi } from '#oidc'
import { isFresh, type LiveSession } from '#sessions'

interface Deps {
  now: Now
  findLiveSession: (secret: string | undefined) => Promise<LiveSession | undefined>
  /** What a temporary pass opens, while it lasts. */
  findPass: (secret: string | undefined) => Promise<object | undefined>
  mayDo: (personId: string, task: Task) => Promise<boolean>
  waysToDo: (personId: string, task: Task) => Promise<readonly object[]>
  tasksOf: (personId: string) => Promise<readonly Task[]>
  recordAlone: RecordAlone
  failures: Pick<Failures, 'count'>
  /** Our own APIs, by the names that guards have for them. */
  ownApis: Readonly<Record<string, OwnApi>>
  admitApplication: (request: Visit['raw']['request'], api: OwnApi) => Promise<Admission>
}

const desk = 'desk:'
const token = 'token:'
/** What concerns whoever has a duty at all, and asks by itself whether that is one for it. */
const anyTask = 'any-task'

/** Records a refusal, until there were too many of somebody: whoever goes on does not fill the log. */
const recordRefusal = async (
  { failures, recordAlone }: Deps,
  subject: Subject,
  event: Omit<Parameters<RecordAlone>[0], 'outcome' | 'personal'>,
): Promise<void> => {
  if (await failures.count([subject])) return
  await recordAlone({ ...event, outcome: 'refused' })
}

/** Whoever comes to the desk without a duty is refused, and it is noted that they came. */
const requireDuty = async (deps: Deps, { personId }: SignedIn, { requestId }: Visit, need: string): Promise<void> => {
  const { mayDo, waysToDo, tasksOf } = deps
  const inAnyWay = need.endsWith('?')
  const task = inAnyWay ? need.slice(0, -1) : need
  const allows = async (each: Task) => (inAnyWay ? (await waysToDo(personId, each)).length > 0 : mayDo(personId, each))
  const mayCome = async () => {
    if (need === anyTask) return (await tasksOf(personId)).length > 0
    for (const each of task.split('|') as Task[]) if (await allows(each)) return true
    return false
  }
  if (await mayCome()) return
  const details = { task, why: 'no-duty' }
  const subject: Subject = { against: 'person', who: `desk ${personId}`, person: personId }
  await recordRefusal(deps, subject, { type: 'desk-refused', actor: personId, requestId, details })
  throw new Refusal('not_allowed', `no duty allows ${task}`)
}

/** A pass makes nobody signed in, and a session is no pass: neither opens what the other does. */
const requirePass = async ({ findPass }: Deps, { passSecret }: Visit): Promise<undefined> => {
  if (!(await findPass(passSecret))) throw new Refusal('not_signed_in', new Error('No temporary pass'))
  return undefined
}

/** Whoever comes with a token of somebody's is noted when it is refused; whoever has none of ours is nobody. */
const requireToken = async (deps: Deps, { raw, requestId }: Visit, name: string): Promise<Application> => {
  const { ownApis, admitApplication } = deps
  const api = ownApis[name]
  if (!api) throw new Error(`There is no API ${name}`)
  const admission = await admitApplication(raw.request, api)
  if (admission.kind === 'admitted') {
    const { id, metadata } = admission.client
    const { sandbox = false, feed_organisation: feedOrganisation } = metadata
    return { clientId: id, sandbox, feedOrganisation }
  }
  const { code, challenge, why, client } = admission
  const details = { api: name, why }
  if (client)
    await recordRefusal(
      deps,
      { against: 'client', who: `api ${client}`, client },
      { type: 'feed-refused', client, requestId, details },
    )
  raw.reply.header('www-authenticate', challenge)
  throw new Refusal(code, new Error(why))
}

/**
 * What stands behind the names of guards.
 * @throws Refusal `token_invalid` and `scope_needed` for applications; `not_signed_in`, for people of the sandbox too, and
 *   without a pass where one is needed; `not_allowed` when no duty of the person allows the task;
 *   `fresh_assertion_needed` when the last assertion was minutes ago; in this order
 */
export const createGuard =
  (deps: Deps): Guard =>
  async (name, visit) => {
    if (name === 'anyone') return undefined
    if (name === 'enrolling') return requirePass(deps, visit)
    if (name.startsWith(token)) {
      visit.application = await requireToken(deps, visit, name.slice(token.length))
      return undefined
    }
    const session = await deps.findLiveSession(visit.sessionSecret)
    if (!session) throw new Refusal('not_signed_in')
    // Whom anybody can be is signed in to applications for tries, and not here, where devices are added and removed.
    if (session.sandboxOnly) throw new Refusal('not_signed_in', new Error('A person of the sandbox'))
    const needs = name.split(' ')
    const duty = needs.find((need) => need.startsWith(desk))
    // First the duty: nobody is asked to use their device for what they may not do.
    if (duty) await requireDuty(deps, session, visit, duty.slice(desk.length))
    if (needs.includes('fresh') && !isFresh(session.authenticatedAt, deps.now()))
      throw new Refusal('fresh_assertion_needed')
    return session
  }
