import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from './run.ts'

const here = fileURLToPath(new URL('..', import.meta.url))
const licence = fileURLToPath(new URL('../../../LICENSE', import.meta.url))

/**
 * Lays the package out as a registry gets it: JavaScript and type declarations, the README, the licence, and a manifest
 * that names them. Within the workspace the source itself is used (docs/decisions/0001); Node runs no TypeScript that
 * lies under `node_modules`, so that what is published has to be built.
 * @param folder is emptied first
 */
export const layOut = async (folder: string): Promise<void> => {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await build(join(folder, 'lib'))
  await cp(join(here, 'README.md'), join(folder, 'README.md'))
  await cp(licence, join(folder, 'LICENSE'))
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(await publicManifest(), null, 2)}\n`)
}

const build = async (folder: string) => {
  await compile(['-p', join(here, 'tsconfig.build.json'), '--outDir', folder])
  for (const name of await readdir(folder)) if (name.endsWith('.d.ts')) await nameJavaScript(join(folder, name))
}

/** The compiler writes `.js` into imports of JavaScript, and leaves `.ts` in declarations, where older compilers stop. */
const nameJavaScript = async (file: string) => {
  const declarations = await readFile(file, 'utf8')
  await writeFile(file, declarations.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'"))
}

/** The manifest of the workspace without what concerns the workspace alone. */
const publicManifest = async () => {
  const {
    devDependencies: _,
    exports,
    dependencies,
    ...manifest
  } = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'))
  return {
    ...manifest,
    files: ['lib'],
    exports: Object.fromEntries(Object.entries<string>(exports).map(([name, source]) => [name, builtFrom(source)])),
    dependencies: Object.fromEntries(await Promise.all(Object.keys(dependencies).map(asTested))),
  }
}

const builtFrom = (source: string) => {
  const built = source.replace('./src/', './lib/').replace(/\.ts$/, '')
  return { types: `${built}.d.ts`, default: `${built}.js` }
}

/** From the version that is tested here, up to the next that may break. */
const asTested = async (name: string) => {
  const manifest = await readFile(new URL(import.meta.resolve(`${name}/package.json`)), 'utf8')
  return [name, `^${JSON.parse(manifest).version}`]
}
