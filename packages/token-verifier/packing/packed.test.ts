import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { API, accessToken, newKey, startIssuer } from '../src/testing/issuer.ts'
import { layOut } from './lay-out.ts'
import { compile, npm, runScript } from './run.ts'
import { serveProgram } from './serve-program.testing.ts'

const here = fileURLToPath(new URL('..', import.meta.url))
const README = await readFile(join(here, 'README.md'), 'utf8')
const programs = [...README.matchAll(/```ts\n([\s\S]+?)```/g)].map(([, program = '']) => program)

/** What an application has besides, for which a registry is not asked: it is installed here. */
const neighbours = ['fastify', 'express', '@types/express', '@types/node']

const consumer = `
import { type AccessClaims, createTokenVerifier, demand, Refused, type TokenVerifier } from '@fobwatch/token-verifier'
import { createGuard as forExpress } from '@fobwatch/token-verifier/express'
import { createGuard as forFastify } from '@fobwatch/token-verifier/fastify'

const verifier: TokenVerifier = createTokenVerifier({ issuer: 'https://id.example.org', audience: 'a' })
forExpress(verifier)({ level: 3 })
forFastify(verifier)({ activity: ['B0360', 'B0401'] })
export const who = async (token: string): Promise<string> => {
  const { claims }: { claims: AccessClaims } = await verifier.verifyAccessToken(token)
  demand(claims, { role: 'R8001', maxAgeSeconds: 900 })
  return claims.role?.org_code ?? claims.sub
}
export const codeOf = (error: unknown): string | undefined => (error instanceof Refused ? error.code : undefined)
// @ts-expect-error: a need that is misspelt
forExpress(verifier)({ levle: 3 })
// @ts-expect-error: an algorithm with a secret
createTokenVerifier({ issuer: 'https://id.example.org', audience: 'a', algorithms: ['HS256'] })
`

const script = `
import { createTokenVerifier } from '@fobwatch/token-verifier'
const [issuer, audience, ...tokens] = process.argv.slice(2)
const verifier = createTokenVerifier({ issuer, audience })
for (const token of tokens)
  console.log(await verifier.verifyAccessToken(token).then(({ claims }) => claims.sub, (error) => error.code))
`

describe('the package that a registry gets', () => {
  let folder: string
  let project: string
  let packed: { files: { path: string }[]; filename: string }
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-packed-'))
    project = join(folder, 'project')
    await Promise.all([layOut(join(folder, 'package')), mkdir(project)])
    await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }')
    ;[packed] = JSON.parse(await pack(join(folder, 'package'), '--json'))
    const jose = await pack(await realpath(dirname(fileURLToPath(import.meta.resolve('jose/package.json')))))
    const tarballs = [packed.filename, jose.trim()].map((name) => join(folder, name))
    // Nothing is in the cache, and no registry is asked.
    await npm(project, join(folder, 'cache'), ['install', '--offline', '--ignore-scripts', ...tarballs])
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const pack = (what: string, ...more: string[]) =>
    npm(folder, join(folder, 'cache'), ['pack', what, '--ignore-scripts', ...more])

  it('holds JavaScript, type declarations, a README and a licence, and nothing else', () => {
    const paths = packed.files.map(({ path }) => path)
    assert.ok(paths.includes('lib/index.js') && paths.includes('lib/index.d.ts') && paths.includes('README.md'))
    const others = paths.filter((path) => !/^lib\/[a-z-]+(\.js|\.d\.ts)$/.test(path))
    assert.deepEqual(others.sort(), ['LICENSE', 'README.md', 'package.json'])
  })

  it('is installed in an empty project, with jose and with nothing else', async () => {
    assert.deepEqual((await installed()).sort(), ['@fobwatch', 'jose'])
    const manifest = JSON.parse(
      await readFile(join(project, 'node_modules/@fobwatch/token-verifier/package.json'), 'utf8'),
    )
    assert.deepEqual(Object.keys(manifest.dependencies), ['jose'])
    assert.match(manifest.dependencies.jose, /^\^\d+\.\d+\.\d+$/)
    assert.doesNotMatch(JSON.stringify(manifest), /workspace:|catalog:|\/src\//)
  })

  const installed = async () => (await readdir(join(project, 'node_modules'))).filter((name) => !name.startsWith('.'))

  it('accepts a token and refuses another, as JavaScript', async () => {
    const key = await newKey('key-1')
    const { issuer, close } = await startIssuer(key)
    await writeFile(join(project, 'verify.mjs'), script)
    const tokens = [await accessToken(issuer, key), await accessToken(issuer, await newKey('key-1')), 'no-token']
    const said = await runScript('verify.mjs', [issuer, API, ...tokens], project)
    await close()
    assert.deepEqual(said.trim().split('\n'), ['656005750104', 'signature', 'malformed'])
  })

  it('is loaded by CommonJS too', async () => {
    await writeFile(join(project, 'old.cjs'), "console.log(typeof require('@fobwatch/token-verifier').demand)")
    assert.equal((await runScript('old.cjs', [], project)).trim(), 'function')
  })

  describe('beside Fastify and Express', () => {
    before(async () => {
      await mkdir(join(project, 'node_modules/@types'))
      for (const name of neighbours)
        await symlink(await realpath(join(here, 'node_modules', name)), join(project, 'node_modules', name))
    })

    it('gives strict TypeScript its types, under node16 and nodenext, and those of the programs in its README', async () => {
      await writeFile(join(project, 'consumer.ts'), consumer)
      for (const [index, program] of programs.entries()) await writeFile(join(project, `readme-${index}.ts`), program)
      for (const module of ['node16', 'nodenext']) {
        const options = { module, target: 'es2022', strict: true, noEmit: true, skipLibCheck: false, types: ['node'] }
        await writeFile(
          join(project, 'tsconfig.json'),
          JSON.stringify({ compilerOptions: { ...options, exactOptionalPropertyTypes: true }, include: ['*.ts'] }),
        )
        await compile(['-p', project])
      }
    })

    for (const [name, found] of Object.entries({ Fastify: "'fastify'", Express: "'express'", Node: "'node:http'" })) {
      it(`guards an API by the program that its README has for ${name}`, async () => {
        const program = programs.find((each) => each.includes(found) && each.includes("'PORT'")) ?? ''
        const key = await newKey('key-1')
        const { issuer, close } = await startIssuer(key)
        const { origin, stop } = await serveProgram(program, project, { FOBWATCH_ISSUER: issuer, AUDIENCE: API })
        const ask = (token: string) => fetch(`${origin}/records/1`, { headers: { authorization: `Bearer ${token}` } })
        const good = await ask(await accessToken(issuer, key))
        assert.equal(good.status, 200)
        assert.match(await good.text(), /"readBy":"656005750104","as":"Nurse, Ward 7"/)
        assert.equal((await ask(await accessToken(issuer, key, { claims: { scope: 'openid' } }))).status, 403)
        const bad = await ask(await accessToken(issuer, key, { claims: { exp: 1 } }))
        assert.equal(bad.status, 401)
        assert.match(bad.headers.get('www-authenticate') ?? '', /^Bearer error="invalid_token"/)
        await stop()
        await close()
      })
    }
  })
})
