import { type Answer, command, countWords, textOf } from '#commands'
import type { AuditChain } from './chain/index.ts'
import { exportToFile } from './export/export-to-file.ts'
import { readKeys } from './verify/keys.ts'
import { readHeld, type Verdict, verifyExport } from './verify/verify-export.ts'

/** What can be done by command about the log. */
export const auditCommands = [
  command({
    name: 'audit checkpoint',
    operands: [],
    options: {},
    says: 'Seal the audit log as it is now and print its newest checkpoint, to be kept elsewhere.',
    run: async ({ newestCheckpoint }: AuditChain) => {
      const newest = await newestCheckpoint()
      if (!newest) throw new Error('There is nothing in the audit log yet.')
      return `${newest.jws}\n`
    },
  }),
  command({
    name: 'audit keys',
    operands: [],
    options: {},
    says: 'Print the public keys that checkpoints were ever signed with, to be kept elsewhere (a JWK set).',
    run: async ({ publicKeys }: AuditChain) => `${JSON.stringify({ keys: await publicKeys() }, null, 2)}\n`,
  }),
  command({
    name: 'audit export',
    operands: ['FILE'],
    options: {},
    says: 'Write the whole audit log to a new file, compressed where its name ends in .gz. Personal fields stay sealed.',
    run: async (chain: AuditChain, { operands: [file = ''] }) => {
      await exportToFile(chain)(file)
      return `The audit log is in ${file}.\n`
    },
  }),
]

const exitCode = { sound: 0, unsound: 1, misused: 2 } as const

const keysIn = async (file: string) => {
  const text = await textOf(file)
  try {
    return readKeys(text)
  } catch (error) {
    throw new Error(`${file} holds no keys that can be used: ${error instanceof Error ? error.message : error}.`)
  }
}

const answerOf = ({ faults, untold, batches, events, beyond }: Verdict): Answer => {
  if (faults.length > 0) {
    const more = untold > 0 ? [`And ${countWords(untold, 'fault')} more.`] : []
    const lines = ['This is not the audit log as it was sealed.', ...faults, ...more]
    return { out: lines.map((line) => `${line}\n`).join(''), exitCode: exitCode.unsound }
  }
  const tail = beyond === 0 ? '' : ` The last ${countWords(beyond, 'batch', 'batches')} came after your checkpoint.`
  const out = `The audit log is as it was sealed: ${countWords(events, 'event')} in ${countWords(batches, 'batch', 'batches')}.${tail}\n`
  return { out, exitCode: exitCode.sound }
}

/** What anybody can do with an export. It needs neither configuration nor a database, nor the service. */
export const auditVerifyCommands = [
  command({
    name: 'audit verify',
    operands: ['FILE'],
    options: { keys: { value: 'KEYS', required: true }, checkpoint: { value: 'CHECKPOINT', required: true } },
    failureCode: exitCode.misused,
    says: 'Say whether an export of the audit log is whole and unchanged, by keys and a checkpoint kept elsewhere.',
    run: async (_: undefined, { operands: [file = ''], options }) => {
      const keys = await keysIn(options.keys)
      const held = readHeld(await textOf(options.checkpoint), keys)
      if ('fault' in held) return { out: `The checkpoint that you gave ${held.fault}.\n`, exitCode: exitCode.unsound }
      return answerOf(await verifyExport(file, { keys, held }))
    },
  }),
]
