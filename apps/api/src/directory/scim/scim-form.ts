import type { Failure, RefusalCode } from '@fobwatch/contracts'
import { Type } from 'typebox'
import type { AnswerForm } from '#http'

/** What RFC 7644 §3.12 calls a refusal of ours, where it has a word for it. */
const scimTypes: Partial<Record<RefusalCode, string>> = {
  invalid_request: 'invalidSyntax',
  filter_invalid: 'invalidFilter',
  path_invalid: 'invalidPath',
  target_missing: 'noTarget',
  value_invalid: 'invalidValue',
  not_changeable: 'mutability',
  identifier_taken: 'uniqueness',
  person_similar: 'uniqueness',
  external_id_taken: 'uniqueness',
}

const ScimError = Type.Object({
  schemas: Type.Array(Type.String()),
  status: Type.String(),
  scimType: Type.Optional(Type.String()),
  detail: Type.String(),
})

/** Refusals as SCIM writes them (RFC 7644 §3.12). The detail ends with the reference that the log has. */
export const scimForm: AnswerForm = {
  mediaType: 'application/scim+json',
  failure: ScimError,
  writeFailure: ({ error, message, reasons = [], reference }: Failure, status: number) => ({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimTypes[error] && { scimType: scimTypes[error] }),
    detail: `${[message, ...reasons].join(' ')} (${reference})`,
  }),
}
