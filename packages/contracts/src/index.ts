/**
 * Contracts: what the API, the front end and the tests agree on. Schemas (TypeBox, so that one of them is the
 * validation, the response filter, the static type and the OpenAPI page) and the closed list of refusals.
 * The front end imports types only, so that no schema reaches the browser.
 */

export * from './anchors.ts'
export * from './audit-events.ts'
export * from './authenticators.ts'
export * from './clients.ts'
export * from './clients-desk.ts'
export * from './common.ts'
export * from './desk.ts'
export * from './desk-access.ts'
export * from './desk-audit.ts'
export * from './desk-authenticators.ts'
export * from './desk-imports.ts'
export * from './desk-people.ts'
export * from './desk-reports.ts'
export * from './desk-requests.ts'
export * from './directory.ts'
export * from './enrolment.ts'
export * from './issuing.ts'
export * from './logout-test.ts'
export * from './mailbox.ts'
export * from './my-information.ts'
export * from './people.ts'
export * from './personas.ts'
export * from './policy.ts'
export * from './refusals.ts'
export * from './sessions.ts'
export * from './sign-in.ts'
export * from './webauthn.ts'
