import { type StepUp, stepUpOf } from '@fobwatch/token-verifier'
import type { PatientRecord, PatientSummary } from './patients.ts'

/** What the API gave; or that the visitor must log in in another way, and how; or how it refused, and the code of why. */
export type Answered<Body> =
  | { kind: 'given'; body: Body }
  | { kind: 'step-up'; stepUp: StepUp }
  | { kind: 'refused'; status: number; error: string }

export type WardClient = {
  list: (accessToken: string) => Promise<Answered<PatientSummary[]>>
  record: (accessToken: string, id: string) => Promise<Answered<PatientRecord>>
}

const TIMEOUT_MS = 5_000

/**
 * Calls the API of the ward over HTTP, as any other application would.
 * @param apiUrl where the API is, without a slash at the end
 * @throws (its methods) TypeError or DOMException when there is no answer
 */
export const createWardClient = (apiUrl: string): WardClient => {
  const get = async <Body>(path: string, accessToken: string): Promise<Answered<Body>> => {
    const response = await fetch(`${apiUrl}${path}`, {
      headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const body: unknown = await response.json()
    if (response.ok) return { kind: 'given', body: body as Body }
    const stepUp = stepUpOf(response)
    return stepUp ? { kind: 'step-up', stepUp } : { kind: 'refused', status: response.status, error: errorOf(body) }
  }

  return {
    list: (accessToken) => get('/patients', accessToken),
    record: (accessToken, id) => get(`/patients/${encodeURIComponent(id)}`, accessToken),
  }
}

const errorOf = (body: unknown) =>
  typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : 'unknown'
