import assert from 'node:assert/strict'
import { cp, glob, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { commandOf, root, runProgram } from './programs.ts'

const sources = ['apps', 'packages', 'e2e', 'tools']

interface Violation {
  from: string
  rule: { name: string }
}

const cruise = async (cwd: string): Promise<{ modules: string[]; violations: Violation[] }> => {
  const args = [...sources, '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  const { output } = await runProgram(process.execPath, [commandOf('dependency-cruiser'), ...args], { cwd })
  const { modules, summary } = JSON.parse(output)
  return { modules: modules.map(({ source }: { source: string }) => source), violations: summary.violations }
}

/** A file for each rule that breaks it: where it lies, and what it says. */
const planted: Record<string, [file: string, text: string]> = {
  'downstairs-only-from-floor-0': ['apps/api/src/kernel/planted.ts', `import '#http'`],
  'downstairs-only-from-floor-1': ['apps/api/src/http/planted.ts', `import '#jobs'`],
  'downstairs-only-from-floor-2': ['apps/api/src/audit/planted.ts', `import '#people'`],
  'downstairs-only-from-floor-3': ['apps/api/src/people/planted.ts', `import type { Access } from '#access'`],
  'downstairs-only-from-floor-4': ['apps/api/src/authenticators/planted.ts', `import '#sessions'`],
  'downstairs-only-from-floor-5': ['apps/api/src/sessions/planted.ts', `import '#sign-in'`],
  'downstairs-only-from-floor-6': ['apps/api/src/enrolment/planted.ts', `import '#sign-in'`],
  'downstairs-only-from-floor-7': ['apps/api/src/oidc/planted.ts', `import '#registration-authority'`],
  'downstairs-only-from-floor-8': ['apps/api/src/demonstration/planted.ts', `import '#config'`],
  'one-room-for-simplewebauthn-server': ['apps/api/src/people/planted-1.ts', `import '@simplewebauthn/server'`],
  'one-room-for-X.509': ['apps/api/src/webauthn/planted-1.ts', `import '@peculiar/x509'`],
  'one-room-for-nodemailer': ['apps/api/src/authenticators/planted-1.ts', `import 'nodemailer'`],
  'one-room-for-CSV': ['apps/api/src/jobs/planted-3.ts', `import 'csv-parse'`],
  'one-room-for-prom-client': ['apps/api/src/jobs/planted-4.ts', `import 'prom-client'`],
  'one-room-for-OpenTelemetry': ['apps/api/src/jobs/planted-5.ts', `import '@opentelemetry/api'`],
  'one-room-for-undici': ['apps/api/src/jobs/planted-1.ts', `import 'undici'`],
  'one-room-for-oidc-provider': ['apps/api/src/sign-in/planted-1.ts', `import type Provider from 'oidc-provider'`],
  'one-room-for-jose': ['apps/api/src/oidc/planted-1.ts', `import 'jose'`],
  'one-room-for-simplewebauthn-browser': ['apps/web/src/planted-1.ts', `import '@simplewebauthn/browser'`],
  'one-room-for-openid-client': ['packages/token-verifier/src/planted-1.ts', `import 'openid-client'`],
  'one-room-for-pg-and-Prisma': ['apps/api/src/people/store-planted.ts', `import 'pg'`],
  'every-room-has-a-floor': ['apps/api/src/attic/index.ts', `import 'node:fs'`],
  'through-the-door': ['apps/api/src/sign-in/planted-2.ts', `import '../sessions/store.ts'`],
  'through-the-door-from-above': ['apps/api/src/planted.ts', `import './sessions/store.ts'`],
  'rooms-do-not-know-the-house': ['apps/api/src/sessions/planted-2.ts', `import '../version.ts'`],
  'store-behind-store-ts': ['apps/api/src/sessions/planted-3.ts', `import { openStore } from '@fobwatch/store'`],
  'kernel-knows-contracts-only': ['apps/api/src/kernel/planted-2.ts', `import '@fobwatch/store'`],
  'contracts-know-the-schema-library-only': ['packages/contracts/src/planted.ts', `import 'node:fs'`],
  'packages-never-import-apps': ['packages/store/src/planted.ts', `import '../../../apps/api/src/kernel/index.ts'`],
  'apps-never-import-each-other': ['apps/web/src/planted-2.ts', `import '../../relying-app/src/config.ts'`],
  'test-helpers-in-tests-only': ['apps/api/src/jobs/planted.ts', `import '@fobwatch/testkit'`],
  'no-circles': ['apps/api/src/people/planted-2.ts', `import './planted-3.ts'`],
  'everything-resolves': ['apps/api/src/people/planted-3.ts', `import './planted-2.ts'\nimport './nowhere.ts'`],
}

/** The sources, with their links to dependencies and to each other; only the store of packages stays where it is. */
const copyTree = async (to: string): Promise<void> => {
  const notBuilt = (path: string) => !['dist', '.pnpm', '.vite', 'test-results'].includes(basename(path))
  for (const part of [...sources, 'node_modules', '.dependency-cruiser.cjs', 'package.json', 'pnpm-workspace.yaml'])
    await cp(join(root, part), join(to, part), { recursive: true, verbatimSymlinks: true, filter: notBuilt })
  await symlink(join(root, 'node_modules/.pnpm'), join(to, 'node_modules/.pnpm'))
}

describe('the check of import directions', () => {
  let copy: string
  let found: { modules: string[]; violations: Violation[] }
  before(async () => {
    copy = await mkdtemp(join(tmpdir(), 'fobwatch-imports-'))
    await copyTree(copy)
    for (const [file, text] of Object.values(planted)) {
      await mkdir(dirname(join(copy, file)), { recursive: true })
      await writeFile(join(copy, file), `${text}\nexport const planted = true\n`)
    }
    found = await cruise(copy)
  })
  after(() => rm(copy, { recursive: true, force: true }))

  it('reads every source file, since it says nothing against what it does not see', async () => {
    const seen = new Set(found.modules)
    const exclude = (path: string) => /node_modules|\/dist$/.test(path)
    const files = await Array.fromAsync(glob('{apps,packages,e2e,tools}/**/*.{ts,tsx}', { cwd: root, exclude }))
    const unseen = files.filter((file) => !seen.has(file) && !file.includes('/generated/'))
    assert.deepEqual(unseen, [])
    assert.ok(files.length > 150, `${files.length} source files`)
  })

  it('finds a violation of each rule, where it was planted', () => {
    const isFound = (rule: string, [file]: [string, string]) =>
      found.violations.some((violation) => violation.rule.name === rule && violation.from === file)
    const missed = Object.entries(planted).filter(([rule, file]) => !isFound(rule, file))
    assert.deepEqual(missed, [])
  })

  it('has a planted violation for every rule', async () => {
    const { default: rules } = await import(join(root, '.dependency-cruiser.cjs'))
    const names = rules.forbidden.map(({ name }: { name: string }) => name)
    assert.deepEqual(Object.keys(planted).sort(), names.sort())
  })
})
