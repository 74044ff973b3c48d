import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { nodeOptions } from '@fobwatch/bench'
import { root } from '../programs.ts'
import { settingsIn } from './cluster/settings-in.ts'
import { guide } from './many/databases.ts'
import { ignoredBy } from './many/dockerfile/ignored.ts'
import { environmentIn, readDockerfile } from './many/dockerfile/read-dockerfile.ts'
import { blockOf } from './stage/guide.ts'

const textOf = (file: string) => readFile(join(root, file), 'utf8')

describe('the unit for systemd', () => {
  it('starts Node as it is measured, and is patient for as long as the service takes to end', async () => {
    const unit = await textOf('docs/deploy/fobwatch.service')
    assert.ok(unit.includes(`Environment="NODE_OPTIONS=${nodeOptions}"`))
    const settings = await textOf('docs/configuration.md')
    const usual = (name: string) => Number(new RegExp(`^\\| .${name}. .*\\| (\\d+) \\|$`, 'm').exec(settings)?.[1])
    const longest = usual('FOBWATCH_DRAIN_SECONDS') + usual('FOBWATCH_STOP_SECONDS')
    assert.ok(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]) > longest, String(longest))
  })
})

describe('the Dockerfile', () => {
  const stages = async () => readDockerfile(await textOf('Dockerfile'))
  const all = (instructions: { name: string; rest: string }[], name: string) =>
    instructions.filter((each) => each.name === name).map(({ rest }) => rest)

  it('is built on the Node, and by the pnpm, that this checkout uses', async () => {
    const [, node] = /^ {2}node: (\S+)$/m.exec(await textOf('pnpm-workspace.yaml')) ?? []
    for (const { base } of await stages()) assert.equal(base, `node:${node}-bookworm-slim`)
    const [, pnpm] = /'(pnpm@[\d.]+)'/.exec(await textOf('tools/prepare.mjs')) ?? []
    const runs = (await stages()).flatMap(({ instructions }) => all(instructions, 'RUN'))
    assert.ok(runs.some((run) => run.startsWith(`npx --yes ${pnpm} install --prod --frozen-lockfile`)))
  })

  it('carries every package that the API is made of, and the pages and migrations', async () => {
    const { dependencies } = JSON.parse(await textOf('apps/api/package.json')) as {
      dependencies: Record<string, string>
    }
    const ours = Object.keys(dependencies).filter((name) => name.startsWith('@fobwatch/'))
    const copied = all((await stages()).at(-1)?.instructions ?? [], 'COPY').join('\n')
    for (const name of ours) assert.match(copied, new RegExp(`packages/${name.slice('@fobwatch/'.length)}/src`))
    for (const folder of ['apps/api/src', 'apps/web/dist', 'prisma/migrations'])
      assert.match(copied, new RegExp(folder))
  })

  it('runs as nobody of importance, without a shell, and says whether it is ready', async () => {
    const last = (await stages()).at(-1)?.instructions ?? []
    assert.equal(all(last, 'USER').at(-1), 'node')
    assert.deepEqual(all(last, 'CMD'), ['["node", "apps/api/src/main.ts"]'])
    // An absolute path, so that nothing is read from the folder that a command happens to run in.
    assert.ok(all(last, 'ENV').includes('NODE_COMPILE_CACHE=/srv/fobwatch/.compiled'))
    const environment = Object.fromEntries(all(last, 'ENV').flatMap(environmentIn))
    assert.deepEqual([environment['NODE_OPTIONS'], environment['PORT']], [nodeOptions, '3000'], 'as it is measured')
    const [made, left] = all(last, 'RUN').slice(-2)
    assert.match(made ?? '', /^NODE_COMPILE_CACHE=\$PWD\/\.compiled .* apps\/api\/src\/main\.ts/)
    assert.equal(left, 'chown -R 0:0 .compiled && chmod -R a-w .compiled')
    assert.match(all(last, 'HEALTHCHECK').join(), /CMD \["node", .*\/health\/ready/)
  })

  it('is given no secret, no test and nothing that was built here', async () => {
    const isIgnored = ignoredBy(await textOf('.dockerignore'))
    for (const path of [
      'secrets/master-key',
      '.git/config',
      '.fobwatch/env',
      'apps/web/node_modules/x',
      'apps/web/dist/a',
    ])
      assert.ok(isIgnored(path), path)
    for (const path of [
      'apps/api/src/cli.test.ts',
      'apps/api/src/service.testing.ts',
      'packages/store/src/generated/client.ts',
    ])
      assert.ok(isIgnored(path), path)
    for (const path of ['apps/api/src/main.ts', 'prisma/migrations/x/migration.sql', 'tools/run.mjs', 'pnpm-lock.yaml'])
      assert.ok(!isIgnored(path), path)
  })
})

describe('compose.yaml', () => {
  it('trusts the address of its nginx and no other, and gives no secret but by a file', async () => {
    const compose = await textOf('compose.yaml')
    const [, trusted] = /TRUSTED_PROXIES: (\S+)/.exec(compose) ?? []
    const [, address] = /ipv4_address: (\S+)/.exec(compose) ?? []
    assert.ok(trusted)
    assert.equal(trusted, address)
    assert.doesNotMatch(compose, /(PASSWORD|MASTER_KEY|DATABASE_URL):/)
  })
})

describe('nginx.conf', () => {
  const nginx = () => textOf('docs/deploy/nginx.conf')

  it('leaves no instance out for what a visitor can cause', async () => {
    const servers = (await nginx()).match(/^ +server [^;{]+;/gm) ?? []
    assert.ok(servers.length > 1)
    for (const server of servers) assert.match(server, / max_fails=0;$/)
  })

  it('writes no query string: neither for requests that it passes on, nor for those that fail', async () => {
    assert.match(await nginx(), /^error_log stderr crit;$/m)
    assert.doesNotMatch(await nginx(), /\$(request_uri|request|args|query_string)\b(?! *;)/)
  })

  it('takes large requests at the addresses of the desk that take files, and nowhere else', async () => {
    const [, everywhere] = /^ {4}client_max_body_size (\w+);/m.exec(await nginx()) ?? []
    assert.equal(everywhere, '128k')
    const [, files = ''] = /location ~ (\S+) \{\s*client_max_body_size 4m;/.exec(await nginx()) ?? []
    const takesFiles = new RegExp(files)
    for (const url of ['catalogue', 'catalogue/preview', 'imports', 'imports/preview', 'assignments/bulk'])
      assert.match(`/api/desk/${url}`, takesFiles)
    for (const url of ['/token', '/api/desk/people', '/api/desk/imports-of-others', '/x/api/desk/imports'])
      assert.doesNotMatch(url, takesFiles)
  })
})

describe('make-users.sh', () => {
  it('gives no password as an argument, and has none quoted in the log of PostgreSQL', async () => {
    const script = await textOf('docs/deploy/make-users.sh')
    assert.doesNotMatch(script, /\$\(|--set=(owner|service)/)
    const [silent, made] = [script.indexOf('set log_min_error_statement = panic'), script.indexOf('create role')]
    assert.ok(silent > 0 && silent < made)
  })
})

describe('the guide to many machines', () => {
  it('has what the proof runs', async () => {
    for (const name of ['replica.sh', 'watch-replicas.sql', 'promote.sql']) assert.ok(await blockOf(guide, name), name)
    const primary = settingsIn(await blockOf(guide, 'primary.conf'))
    assert.equal(primary['synchronous_commit'], 'on')
    const replica = settingsIn(await blockOf(guide, 'replica.conf'))
    assert.ok(primary['synchronous_standby_names']?.includes(replica['cluster_name'] ?? 'none'))
  })
})

describe('a reader of Dockerfiles', () => {
  it('knows stages, comments and lines that go on', () => {
    const text = '# Why\nFROM a:1 AS build\nRUN one \\\n  && two\n\nFROM b\nCOPY --from=build /x ./\n'
    assert.deepEqual(readDockerfile(text), [
      { name: 'build', base: 'a:1', instructions: [{ name: 'RUN', rest: 'one && two' }] },
      { name: '', base: 'b', instructions: [{ name: 'COPY', rest: '--from=build /x ./' }] },
    ])
  })

  it('refuses what it does not know, since it would not be done', () => {
    assert.throws(() => readDockerfile('FROM a\nADD x y\n'), /Not known here: ADD x y/)
    assert.throws(() => ignoredBy('!kept\n'), /Not known here: !kept/)
  })
})
