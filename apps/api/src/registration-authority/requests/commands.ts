import { type DeskRequest, type RequestState, requestStates, type WholeRequest } from '@fobwatch/contracts'
import { command } from '#commands'
import type { listByCommand, showByCommand } from './by-command.ts'
import type { decideByCommand } from './decide-request.ts'

interface Verbs {
  listRequests: ReturnType<typeof listByCommand>
  showRequest: ReturnType<typeof showByCommand>
  decideRequest: ReturnType<typeof decideByCommand>
}

const idOf = (text = ''): string => {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text))
    throw new Error('ID is of a request, as `fobwatch requests list` prints it.')
  return text
}

const stateOf = (text: string): RequestState | null => {
  if (text === 'all') return null
  const state = requestStates.find((each) => each === text)
  if (!state) throw new Error(`--state must be all, or one of: ${requestStates.join(', ')}.`)
  return state
}

const reasonOf = (text: string): string => {
  if (!/^(?=.*\S)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,500}$/u.test(text))
    throw new Error('--because takes up to 500 characters in one line.')
  return text
}

const line = ({ id, kind, state, about, organisation, raisedBy, dueAt }: DeskRequest): string =>
  `${[id, kind, state, about?.staffId ?? '-', organisation?.code ?? '-', raisedBy.staffId, dueAt].join('\t')}\n`

const shown = ({ mine, held, mayDecide, ...request }: WholeRequest): string => `${JSON.stringify(request, null, 2)}\n`

/** What can be done by command about requests, where there is no second person at the desk. */
export const requestCommands = [
  command({
    name: 'requests list',
    operands: [],
    options: { state: { value: `all|${requestStates.join('|')}` } },
    says: 'List requests, the first due first: id, kind, state, whom it is about, where, who asked, due.',
    run: async (desk: Verbs, { options: { state = 'open' } }) =>
      (await desk.listRequests(stateOf(state))).map(line).join('') || 'There are none.\n',
  }),
  command({
    name: 'requests show',
    operands: ['ID'],
    options: {},
    says: 'Show a request and what it asks for.',
    run: async (desk: Verbs, { operands: [id] }) => shown(await desk.showRequest(idOf(id))),
  }),
  command({
    name: 'requests approve',
    operands: ['ID'],
    options: { because: { value: 'TEXT' } },
    says: 'Approve a request, as its second person; for whoever runs the service.',
    run: async (desk: Verbs, { operands: [id], options: { because } }) => {
      const verdict = { approved: true, because: because === undefined ? null : reasonOf(because) }
      const { state } = await desk.decideRequest(idOf(id), verdict)
      return state === 'done' ? 'Approved, and done.\n' : 'Approved. Whoever asked can do it within 24 hours, once.\n'
    },
  }),
  command({
    name: 'requests reject',
    operands: ['ID'],
    options: { because: { value: 'TEXT' } },
    says: 'Reject a request; --because says why, and must be given.',
    run: async (desk: Verbs, { operands: [id], options: { because = '' } }) => {
      await desk.decideRequest(idOf(id), { approved: false, because: reasonOf(because) })
      return 'Rejected.\n'
    },
  }),
]
