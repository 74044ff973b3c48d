import type { Scraped } from './listen-for-scrapes.ts'

interface Counted {
  /** What each worker has counted that runs. */
  running: readonly unknown[]
  /** What each said last that has ended since. It is told once. */
  ended: readonly unknown[]
}

/** What only grows, by which its reader tells what was since: to them, less is a service that began anew. */
const grows = ['counter', 'histogram', 'summary']

/**
 * The metrics of all workers of this machine, as the first process gathers them: sums, but for what `meanings` says otherwise.
 * What one counted that has ended is kept, as it was when it was asked last.
 * @param counts asks every worker for its `counts`
 */
export const gatherFromWorkers = async (counts: () => Promise<Counted>): Promise<Scraped> => {
  const { AggregatorRegistry, Registry } = await import('prom-client')
  const together = (all: readonly unknown[]) => AggregatorRegistry.aggregate(all as object[])
  let kept: Promise<unknown[]> = Promise.resolve([])

  const keep = async (before: unknown[], ended: readonly unknown[]): Promise<unknown[]> => {
    const all = await together([...before, ...ended]).getMetricsAsJSON()
    return [all.filter(({ type }) => grows.includes(String(type)))]
  }
  const text = async () => {
    const { running, ended } = await counts()
    // One after another: two may ask at once.
    if (ended.length > 0) kept = kept.then((before) => keep(before, ended))
    return together([...running, ...(await kept)]).metrics()
  }
  return { contentType: Registry.PROMETHEUS_CONTENT_TYPE, text }
}
