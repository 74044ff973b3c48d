import type { BrowserLike } from '@fobwatch/testkit'
import { expectOk } from '../stage/person.ts'
import type { Case } from './cases.ts'

/** How long answers took, in milliseconds. */
export interface Figures {
  name: string
  count: number
  p50: number
  p95: number
  p99: number
}

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

/** Asks again and again, one after the other, whatever the case has to ask; the first few are for the caches. */
export const measure = async (browser: BrowserLike, { name, paths }: Case, rounds: number): Promise<Figures> => {
  const took: number[] = []
  for (let round = 0; round < rounds + 3; round += 1)
    for (const path of paths) {
      const began = performance.now()
      expectOk(await browser.get(`/api/desk/${path}`))
      if (round >= 3) took.push(performance.now() - began)
    }
  const sorted = took.toSorted((a, b) => a - b)
  return { name, count: sorted.length, p50: at(sorted, 0.5), p95: at(sorted, 0.95), p99: at(sorted, 0.99) }
}
