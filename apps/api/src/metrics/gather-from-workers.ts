import type { Scraped } from './listen-for-scrapes.ts'

/**
 * The metrics of all workers of this machine, as the first process gathers them: sums, but for what `meanings` says otherwise.
 * @param counts asks every worker for its `counts`
 */
export const gatherFromWorkers = async (counts: () => Promise<unknown[]>): Promise<Scraped> => {
  const { AggregatorRegistry, Registry } = await import('prom-client')
  const text = async () => AggregatorRegistry.aggregate((await counts()) as object[]).metrics()
  return { contentType: Registry.PROMETHEUS_CONTENT_TYPE, text }
}
