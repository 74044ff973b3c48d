import assert from 'node:assert/strict'
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Acr } from './acr.testing.ts'
import type { Policies } from './policy.testing.ts'
import type { Checks, Rules } from './rules.testing.ts'

const files = ['rules.ts', 'policy.ts', 'acr.ts', 'statuses.ts'] as const

/** One small mistake, as somebody might make it. */
export interface Mutant {
  file: (typeof files)[number]
  /** What stands in the source, once. */
  from: string
  to: string
}

export type Mutated = Rules & Policies & Acr

// Inside the package, so that the modules that they import are found.
const workshop = fileURLToPath(new URL('../../.tsbuild/mutants/', import.meta.url))

/**
 * Loads the rules with one mistake in them.
 * @throws AssertionError when the source does not hold, exactly once, what the mutant changes
 */
export const withMutant = async (mutant: Mutant, work: (rules: Mutated) => void): Promise<void> => {
  await mkdir(workshop, { recursive: true })
  const folder = await mkdtemp(workshop)
  try {
    for (const file of files) await copyFile(new URL(file, import.meta.url), join(folder, file))
    const source = await readFile(join(folder, mutant.file), 'utf8')
    assert.equal(source.split(mutant.from).length, 2, `${mutant.file} does not have, once: ${mutant.from}`)
    await writeFile(
      join(folder, mutant.file),
      source.replace(mutant.from, () => mutant.to),
    )
    const load = (file: (typeof files)[number]) => import(join(folder, file))
    work({ ...(await load('rules.ts')), ...(await load('policy.ts')), ...(await load('acr.ts')) })
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Which checks fail. */
export const failing = <T>(checks: Checks<T>, subject: T): string[] =>
  Object.entries(checks)
    .filter(([, check]) => {
      try {
        check(subject)
        return false
      } catch {
        return true
      }
    })
    .map(([says]) => says)
