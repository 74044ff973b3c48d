import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sql, startService } from '../../service.testing.ts'
import { publisher, type Stage, setStage } from '../assurance.testing.ts'
import { fetchBlob } from './fetch-blob.ts'

const blob = (number: number) => publisher.signBlob({ number, nextUpdate: '2026-12-01', entries: [] })

/** Serves while something is done, on this machine alone. */
const serving = async (answer: RequestListener, work: (url: string) => Promise<void>): Promise<void> => {
  const server = createServer(answer)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/blob`)
  } finally {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
}

const isTimeout = (error: unknown): boolean => error instanceof DOMException && error.name === 'TimeoutError'

describe('refreshing metadata', () => {
  let stage: Stage
  let folder: string
  let file: string
  before(async () => {
    stage = await setStage()
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-metadata-'))
    file = join(folder, 'blob.jwt')
  })
  after(async () => {
    await stage.close()
    await rm(folder, { recursive: true })
  })

  const numberOf = async (room: Awaited<ReturnType<Stage['open']>>) => {
    const status = await room.metadataStatus()
    return status.kind === 'kept' ? status.number : undefined
  }

  it('loads the file', async () => {
    await writeFile(file, `${blob(1)}\n`)
    const room = await stage.open({ file })
    await room.refreshMetadata()
    assert.equal(await numberOf(room), 1)
  })

  it('loads what the address sends', async () => {
    await serving(
      (_, response) => response.end(blob(2)),
      async (url) => {
        const room = await stage.open({ url })
        await room.refreshMetadata()
        assert.equal(await numberOf(room), 2)
      },
    )
  })

  it('does nothing where nothing is configured', async () => {
    const room = await stage.open()
    const before = await numberOf(room)
    await room.refreshMetadata()
    assert.equal(await numberOf(room), before)
  })

  it('fails without harm, and without keeping the other source from being loaded', async () => {
    await writeFile(file, 'nonsense')
    await serving(
      (_, response) => response.end(blob(3)),
      async (url) => {
        const room = await stage.open({ file, url })
        await assert.rejects(room.refreshMetadata(), /could not be refreshed/)
        assert.equal(await numberOf(room), 3)
      },
    )
    const room = await stage.open({ file: join(folder, 'nowhere'), url: 'http://127.0.0.1:9/' })
    await assert.rejects(room.refreshMetadata(), /could not be refreshed/)
    assert.equal(await numberOf(room), 3)
  })

  it('follows no redirection', async () => {
    let followed = false
    const answer: RequestListener = ({ url }, response) => {
      followed ||= url === '/elsewhere'
      if (followed) response.end(blob(9))
      else response.writeHead(302, { location: '/elsewhere' }).end()
    }
    await serving(answer, (url) => assert.rejects(fetchBlob(url), /points elsewhere/))
    assert.equal(followed, false)
  })

  it('takes no error for metadata', async () => {
    const answer: RequestListener = (_, response) => response.writeHead(404).end(blob(9))
    await serving(answer, (url) => assert.rejects(fetchBlob(url), /the status 404/))
  })

  it('stops reading what is larger than metadata is', async () => {
    const endless: RequestListener = (_, response) => {
      const more = (): void => void (response.destroyed || response.write(Buffer.alloc(65_536), more))
      more()
    }
    await serving(endless, (url) => assert.rejects(fetchBlob(url, { mostBytes: 200_000 }), /larger than metadata is/))
  })

  it('stops waiting for what never answers, and for what never ends', async () => {
    const limits = { mostMilliseconds: 50 }
    await serving(
      () => {},
      (url) => assert.rejects(fetchBlob(url, limits), /does not answer/),
    )
    await serving(
      (_, response) => void response.write('a'),
      // On a busy machine the time may be over before the first byte is there.
      (url) => assert.rejects(fetchBlob(url, limits), (error: Error) => [error, error.cause].some(isTimeout)),
    )
  })
})

describe('the service, started with a file of metadata', () => {
  it('loads it once, whichever instance is first, and all of them believe it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fobwatch-metadata-'))
    const [file, roots] = [join(folder, 'blob.jwt'), join(folder, 'roots.pem')]
    await writeFile(file, blob(1))
    await writeFile(roots, publisher.rootPem)
    const environment = {
      FOBWATCH_METADATA_FILE: file,
      FOBWATCH_METADATA_ROOTS_FILE: roots,
      FOBWATCH_METADATA_SIGNER: publisher.hostName,
    }
    const now = () => new Date('2026-11-25T12:00:00Z')
    const first = await startService({ environment, now })
    const second = await startService({ environment, now, beside: first })
    try {
      const jobs = [first, second].map(({ rooms }) => rooms.startJobs())
      for (const { doErrands } of jobs) doErrands()
      await Promise.all(jobs.map(({ stop }) => stop()))
      for (const { rooms } of [first, second]) {
        await rooms.assurance.lookForMetadata()
        assert.equal(rooms.assurance.metadataIsCurrent(), true)
      }
      const loaded = await sql(first, `select details from audit_event where type = 'metadata-loaded'`)
      assert.equal(loaded.length, 1)
    } finally {
      await second.close()
      await first.close()
      await rm(folder, { recursive: true })
    }
  })
})
