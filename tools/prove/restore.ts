/**
 * `npm run prove:restore`: a database is lost, and brought back to a moment before by the commands of
 * docs/guides/backup-and-restore.md, with the master key that was kept. `-- --dry` writes no page.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ask } from './cluster/ask.ts'
import { keepFindings } from './cluster/findings.ts'
import { dumpAndLoad } from './restore/dump-and-load.ts'
import { findAgain } from './restore/find-again.ts'
import { loseDatabase } from './restore/lose.ts'
import { findPlace } from './restore/place.ts'
import { tellProof } from './restore/tell.ts'
import { writeProof } from './stage/write-proof.ts'

const { values } = parseArgs({ options: { dry: { type: 'boolean', default: false } } })
const say = (line: string) => console.log(line)

const folder = await mkdtemp(join(tmpdir(), 'fobwatch-restore-'))
const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
const undoAll = async () => {
  for (let last = undo.pop(); last; last = undo.pop()) await last()
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void undoAll().finally(() => process.exit(130)))

const prove = async () => {
  const { findings, find } = keepFindings(say)
  const place = await findPlace(folder, undo, say)
  const lost = await loseDatabase(place)
  const restored = await findAgain(place, lost, find)
  const [server] = await ask<{ version: string }>(
    restored.url('postgres'),
    `select current_setting('server_version') as version`,
  )
  await dumpAndLoad(place, restored, lost, find)
  return { findings, versions: { server: server?.version ?? '', tools: place.tools.version } }
}

try {
  const { findings, versions } = await prove()
  const passed = findings.every(({ holds }) => holds)
  const proof = { name: 'restore', title: 'Backup and restore', body: tellProof(findings, versions), passed }
  if (!values.dry) say(`Written to ${await writeProof(proof)}.`)
  say(passed ? 'It holds.' : 'It does not hold.')
  process.exitCode = passed ? 0 : 1
} finally {
  await undoAll()
}
