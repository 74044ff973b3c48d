import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { auditCommands, auditVerifyCommands } from '@fobwatch/api/audit'
import type { House } from '../stage/house.ts'

/** Keeps checkpoints of the log outside of the database, as an operator ought to, and holds the log against them. */
export interface Chain {
  /** Exports the log and verifies it against the checkpoint of the last time. @returns what is wrong, or nothing */
  verify: () => Promise<string | undefined>
}

const run = async <Verbs>(
  commands: readonly { name: string; run: (verbs: Verbs, given: never) => Promise<unknown> }[],
  name: string,
  verbs: Verbs,
  given: { operands?: string[]; options?: Record<string, string> } = {},
): Promise<{ out: string; exitCode: number }> => {
  const command = commands.find((each) => each.name === name)
  if (!command) throw new Error(`There is no command ${name}`)
  const answer = await command.run(verbs, { operands: [], options: {}, ...given } as never)
  return typeof answer === 'string' ? { out: answer, exitCode: 0 } : (answer as { out: string; exitCode: number })
}

/** @param folder where exports and checkpoints are kept meanwhile */
export const createChain = ({ auditChain }: House, folder: string): Chain => {
  const [file, keys, checkpoint] = ['log.jsonl', 'keys.json', 'checkpoint'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const takeCheckpoint = async () =>
    writeFile(checkpoint, (await run(auditCommands, 'audit checkpoint', auditChain)).out)
  return {
    verify: async () => {
      await readFile(checkpoint).catch(takeCheckpoint)
      await writeFile(keys, (await run(auditCommands, 'audit keys', auditChain)).out)
      await rm(file, { force: true })
      await run(auditCommands, 'audit export', auditChain, { operands: [file] })
      const given = { operands: [file], options: { keys, checkpoint } }
      const verdict = await run(auditVerifyCommands, 'audit verify', undefined, given)
      await takeCheckpoint()
      return verdict.exitCode === 0 ? undefined : verdict.out.trim()
    },
  }
}
