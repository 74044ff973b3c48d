import { cp, mkdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { Failure } from '../../../failure.ts'
import { root, runProgram } from '../../../programs.ts'
import { ignoredBy } from './ignored.ts'
import { environmentIn, type Instruction, readDockerfile, type Stage } from './read-dockerfile.ts'

/** What stands for an image: a folder with its files, and how it is run. */
export interface Image {
  /** The folder that is `/` there. */
  root: string
  /** The working directory, as a path of this machine. */
  workdir: string
  command: string[]
  environment: Record<string, string>
}

/**
 * Does what the Dockerfile says, without Docker: each stage is a folder, COPY copies, and RUN runs there with this Node
 * and npm. What a base image brings is this machine's instead.
 * @param folder empty; each stage gets a folder in it
 */
export const performDockerfile = async (folder: string, say: (line: string) => void): Promise<Image> => {
  const stages = readDockerfile(await readFile(join(root, 'Dockerfile'), 'utf8'))
  const isIgnored = ignoredBy(await readFile(join(root, '.dockerignore'), 'utf8'))
  const roots = new Map<string, string>()
  let last: Image | undefined
  for (const [place, stage] of stages.entries()) {
    const at = join(folder, stage.name || `stage-${place}`)
    roots.set(stage.name, at)
    last = await performStage(stage, at, { roots, isIgnored, say })
  }
  if (!last) throw new Error('The Dockerfile has no stage')
  return last
}

interface Context {
  roots: ReadonlyMap<string, string>
  isIgnored: (path: string) => boolean
  say: (line: string) => void
}

const performStage = async ({ instructions }: Stage, at: string, context: Context): Promise<Image> => {
  const image: Image = { root: at, workdir: at, command: [], environment: {} }
  for (const instruction of instructions) await perform(image, instruction, context)
  return image
}

const perform = async (image: Image, { name, rest }: Instruction, context: Context): Promise<void> => {
  if (name === 'WORKDIR') {
    image.workdir = join(image.root, rest)
    await mkdir(image.workdir, { recursive: true })
  }
  if (name === 'COPY') await copy(image, rest, context)
  if (name === 'RUN') await run(image, rest, context)
  if (name === 'ENV')
    for (const [key, value] of environmentIn(rest))
      image.environment[key] = value.startsWith('/') ? join(image.root, value) : value
  if (name === 'CMD') image.command = JSON.parse(rest)
}

/** `COPY [--from=STAGE] SOURCE… TARGET`: what is in a folder, and a file itself. */
const copy = async ({ workdir }: Image, rest: string, { roots, isIgnored }: Context): Promise<void> => {
  const words = rest.split(' ')
  const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined
  const target = words.pop() ?? ''
  const context = from === undefined ? root : roots.get(from)
  if (context === undefined) throw new Error(`There is no stage ${from}`)
  for (const word of words) {
    const source = join(context, word)
    const isFolder = (await stat(source)).isDirectory()
    const to = isFolder || !target.endsWith('/') ? join(workdir, target) : join(workdir, target, basename(word))
    await mkdir(dirname(to), { recursive: true })
    const filter = (path: string) => from !== undefined || path === source || !isIgnored(relative(root, path))
    await cp(source, to, { recursive: true, verbatimSymlinks: true, filter })
  }
}

const run = async ({ workdir }: Image, command: string, { say }: Context): Promise<void> => {
  say(`RUN ${command}`)
  // As in a base image that has Node and npm, and nothing of this checkout.
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG'].flatMap((name) =>
    process.env[name] ? [[name, process.env[name]]] : [],
  )
  const own = Object.fromEntries(kept) as Record<string, string>
  const PATH = [
    dirname(process.execPath),
    ...(own['PATH'] ?? '').split(':').filter((each) => !each.startsWith(root)),
  ].join(':')
  const { code, output } = await runProgram('sh', ['-c', command], { cwd: workdir, env: { ...own, PATH } })
  if (code !== 0) throw new Failure(`RUN ${command} ended with ${code}: ${output.slice(-2000)}`)
}
