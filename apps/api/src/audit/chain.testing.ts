import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store, statement } from '@fobwatch/store'
import { exportToFile } from './export/export-to-file.ts'
import type { PublicKey } from './export/lines.ts'
import { createAudit, createAuditChain } from './index.ts'
import { readKeys } from './verify/keys.ts'
import { readHeld, type Verdict, verifyExport } from './verify/verify-export.ts'

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A key that signs checkpoints, as the service has. */
export interface TestSigner {
  publicKey: PublicKey
  sign: (claims: object, header: object) => Promise<string>
}

const signWith = (key: KeyObject, kid: string, claims: object, header: object): string => {
  const signed = `${encoded({ ...header, kid })}.${encoded(claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

export const createTestSigner = (kid: string): TestSigner => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    publicKey: { ...(publicKey.export({ format: 'jwk' }) as Record<string, string>), kid },
    sign: async (claims, header) => signWith(privateKey, kid, claims, header),
  }
}

interface Options {
  signer: TestSigner
  onDamage?: (faults: readonly string[]) => void
  now?: () => Date
}

/** The log and its chain, as one instance of the service has them, on a database that others may be on too. */
export const openInstance = (url: string, { signer, onDamage = () => {}, now = () => new Date() }: Options) => {
  const store = openStore({ url })
  const audit = createAudit({ store, key: Buffer.alloc(32, 7), now })
  const chain = createAuditChain({
    ...{ store, now, onDamage, issuer: 'http://localhost:3000', recordAlone: audit.recordAlone },
    sign: (claims, header) => signer.sign(claims, header),
    publicKeys: async () => [signer.publicKey],
  })
  return { store, audit, chain }
}

export type Instance = ReturnType<typeof openInstance>

/** Runs SQL as the owner of the tables, who can do what the service cannot. */
export const asOwner = (store: Store, ...lines: string[]): Promise<void> =>
  store.inTransaction(async (tx) => {
    for (const sql of ['set local role none', ...lines]) await store.run(statement<[]>('', sql), [], tx)
  })

/** A folder for exports. */
export const createFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-audit-'))
  let files = 0
  return {
    /** A name that no file has yet. */
    fresh: (ending = 'jsonl') => {
      files += 1
      return join(folder, `${files}.${ending}`)
    },
    remove: () => rm(folder, { recursive: true }),
  }
}

export type Folder = Awaited<ReturnType<typeof createFolder>>

/** An export of the log as it is now, as text. */
export const exported = async ({ chain }: Pick<Instance, 'chain'>, folder: Folder): Promise<string> => {
  const file = folder.fresh()
  await exportToFile(chain)(file)
  return readFile(file, 'utf8')
}

/** What is found in an export by somebody who kept these keys and this checkpoint. */
export const verified = async (
  text: string | Buffer,
  folder: Folder,
  { keys, checkpoint }: { keys: readonly PublicKey[]; checkpoint: string },
): Promise<Verdict> => {
  const file = folder.fresh()
  await writeFile(file, text)
  const trusted = readKeys(JSON.stringify({ keys }))
  const held = readHeld(checkpoint, trusted)
  if ('fault' in held) throw new Error(held.fault)
  return verifyExport(file, { keys: trusted, held })
}
