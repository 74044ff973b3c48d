import { readFileSync } from 'node:fs'
import type { Environment, Setting } from './setting.ts'

const readKeyFile = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`must be given: FOBWATCH_MASTER_KEY_FILE is ${file}, which cannot be read`, { cause })
  }
}

/** Of 32 random bytes so many differ from one another, but for one case in 10³⁰. */
const leastDifferentBytes = 8

const readMasterKey = (value: string | undefined, env: Environment): Buffer => {
  const file = env['FOBWATCH_MASTER_KEY_FILE']
  const text = (value || (file ? readKeyFile(file) : '')).trim()
  if (!text) throw new Error('must be given, itself or as a file by FOBWATCH_MASTER_KEY_FILE')
  const key = Buffer.from(text, 'base64')
  // Node reads past whatever is not base64, and would make a key of a pass phrase.
  const spelt = [key.toString('base64'), key.toString('base64url')].includes(text)
  if (key.length !== 32 || !spelt)
    throw new Error('must be 32 bytes in base64, such as `openssl rand -base64 32` makes')
  if (new Set(key).size < leastDifferentBytes)
    throw new Error('must be random, such as `openssl rand -base64 32` makes')
  return key
}

/** Where the one secret of the service comes from. */
export const masterKey = {
  name: 'FOBWATCH_MASTER_KEY',
  meaning:
    'Encrypts the signing keys and the personal fields of the audit log: 32 bytes in base64. Keep a copy apart from the database. FOBWATCH_MASTER_KEY_FILE names a file with it instead.',
  read: readMasterKey,
} satisfies Setting<Buffer>
