import { createHmac } from 'node:crypto'
import type { DocumentKind } from '@fobwatch/contracts'
import { plainNumber } from './rules.ts'

/**
 * What is kept of a document's number to find it again: a hash under a key of the service, since there are so few numbers
 * that a plain one could be tried out.
 * @param key 32 bytes
 */
export const hashNumber =
  (key: Uint8Array) =>
  (document: DocumentKind, number: string): Buffer =>
    createHmac('sha256', key)
      .update(`${document} ${plainNumber(number)}`)
      .digest()
