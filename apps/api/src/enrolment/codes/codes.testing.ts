import type { AskedInvitation, Failure } from '@fobwatch/contracts'
import type { Person } from '#people'
import { issuer, type TestService } from '../../service.testing.ts'

/** Gives a person a short code or a temporary pass, for 15 minutes. @returns what is read aloud */
export const giveCode = async (
  { store, rooms }: TestService,
  person: Pick<Person, 'id'>,
  channel: 'code' | 'pass' = 'code',
  { how = 'link', device }: Partial<AskedInvitation> = {},
): Promise<string> => {
  const { code } = await store.inTransaction(async (tx) => {
    await rooms.enrolment.voidInvitations(tx, person.id)
    const terms = { personId: person.id, issuedBy: null, how, channel, lifetimeMinutes: 15 }
    return rooms.enrolment.invite(tx, { ...terms, device })
  })
  return code
}

interface Typing {
  staffId: string
  code: unknown
  /** Where it is typed. */
  from?: string
  headers?: Record<string, string>
}

/** Types a code in, somewhere. */
export const typeCode = async (
  { app }: Pick<TestService, 'app'>,
  { staffId, code, from = '192.0.2.1', headers = {} }: Typing,
) => {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/enrolment/code',
    remoteAddress: from,
    headers: { host: new URL(issuer).host, origin: issuer, 'content-type': 'application/json', ...headers },
    payload: JSON.stringify({ staffId, code }),
  })
  const body = answer.json<Failure & { channel: string; code: string | null }>()
  return { status: answer.statusCode, body, said: body.error ?? String(answer.statusCode) }
}
