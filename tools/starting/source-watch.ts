import { type FSWatcher, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'

/** An editor saves several files, and each of them several times, within this many milliseconds. */
const settling = 150
const isSource = (file: string): boolean => /\.(ts|css|js|sql)$/.test(file) && !file.endsWith('.test.ts')

/**
 * Calls back once for each burst of changes to the sources in some folders and all below them. Each folder is watched by
 * itself: on Linux, Node's own watching of whole trees does not see a file that is moved over another, and that is how
 * many editors save.
 * @returns what ends it
 */
export const watchSources = (folders: string[], onChange: () => void): (() => void) => {
  const watchers = new Map<string, FSWatcher>()
  let soon: NodeJS.Timeout | undefined
  const changed = (file: string | null) => {
    if (file && !file.includes('.')) watchTrees()
    if (!file || !isSource(file)) return
    clearTimeout(soon)
    soon = setTimeout(onChange, settling)
  }
  const watchOne = (folder: string) => {
    if (watchers.has(folder)) return
    const watcher = watch(folder, (_event, file) => changed(file))
    const forget = () => void watchers.delete(folder)
    watchers.set(folder, watcher.once('error', forget).once('close', forget))
  }
  const watchTrees = () => {
    for (const each of folders.flatMap((folder) => [folder, ...foldersBelow(folder)])) watchOne(each)
  }

  watchTrees()
  return () => {
    clearTimeout(soon)
    for (const watcher of watchers.values()) watcher.close()
  }
}

const foldersBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name))
