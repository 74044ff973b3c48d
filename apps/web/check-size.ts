/**
 * Weighs what the log-in page loads: `node check-size.ts` tells the figures, the test beside the code holds the limit.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** One file of the build, as Vite's manifest lists it. */
interface Chunk {
  file: string
  imports?: string[]
}

/** At most so many bytes of JavaScript after gzip, for everything that logging in loads. */
export const signInLimit = 50_000

/** What the log-in page begins with. Choosing a role is part of it. */
const signInEntries = ['index.html', 'src/screens/sign-in/index.tsx']

const readManifest = (dist: string): Record<string, Chunk> =>
  JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))

const chunkOf = (manifest: Record<string, Chunk>, key: string): Chunk => {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`The build has no ${key}`)
  return chunk
}

/** The entries and all that they import, each once. */
const reachable = (manifest: Record<string, Chunk>, entries: readonly string[]): Set<string> => {
  const found = new Set<string>()
  const visit = (key: string) => {
    if (found.has(key)) return
    found.add(key)
    for (const next of chunkOf(manifest, key).imports ?? []) visit(next)
  }
  for (const entry of entries) visit(entry)
  return found
}

/** A file that the log-in page loads. */
export interface Loaded {
  file: string
  source: string
  /** Bytes after gzip. */
  size: number
}

/**
 * The JavaScript that the log-in page loads.
 * @param dist the folder of the build
 * @throws Error when nothing is built there
 */
export const signInFiles = (dist: string): Loaded[] => {
  const manifest = readManifest(dist)
  return [...reachable(manifest, signInEntries)].map((key) => {
    const { file } = chunkOf(manifest, key)
    const source = readFileSync(join(dist, file), 'utf8')
    return { file, source, size: gzipSync(source).length }
  })
}

export const totalSize = (files: readonly Loaded[]): number => files.reduce((sum, { size }) => sum + size, 0)

if (import.meta.main) {
  const files = signInFiles(join(import.meta.dirname, 'dist'))
  for (const { file, size } of files) console.log(`${String(size).padStart(7)}  ${file}`)
  console.log(`${String(totalSize(files)).padStart(7)}  of ${signInLimit} bytes after gzip`)
}
