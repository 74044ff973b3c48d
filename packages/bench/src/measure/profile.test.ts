import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { root } from '../machine/root.ts'
import { readProfiles } from './profile.ts'

const frame = (functionName: string, url: string) => ({ functionName, url, lineNumber: 9 })
const file = (path: string) => pathToFileURL(join(root, path)).href

describe('a CPU profile', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-profile-'))
    const profile = {
      startTime: 1_000_000,
      nodes: [
        { id: 1, callFrame: frame('(idle)', '') },
        { id: 2, callFrame: frame('verb', file('apps/api/src/sign-in/finish-sign-in.ts')) },
        { id: 3, callFrame: frame('query', file('node_modules/.pnpm/pg@8/node_modules/pg/lib/client.js')) },
      ],
      // At 1.0, 1.1, 1.2, 1.3 and 1.4 seconds.
      samples: [2, 1, 2, 3, 2],
      timeDeltas: [0, 100_000, 100_000, 100_000, 100_000],
    }
    await writeFile(join(folder, 'CPU.cpuprofile'), JSON.stringify(profile))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('tells self time by file of ours and by package, of the time under load alone', async () => {
    const shares = await readProfiles(folder, [{ from: 1_150_000, until: 1_390_000 }])
    assert.deepEqual(
      shares.map(({ where, ms, functions }) => [where, ms, functions[0]?.name]),
      [
        ['apps/api/src/sign-in/finish-sign-in.ts', 100, 'verb:10'],
        ['pg', 100, 'query:10'],
      ],
    )
  })
})
