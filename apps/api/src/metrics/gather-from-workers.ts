import type { Scraped } from './listen-for-scrapes.ts'

/** The metrics of all workers of this machine, as the first process gathers them: sums, but for what `meanings` says otherwise. */
export const gatherFromWorkers = async (): Promise<Scraped> => {
  const { AggregatorRegistry } = await import('prom-client')
  const registry = new AggregatorRegistry()
  return { contentType: registry.contentType, text: () => registry.clusterMetrics() }
}
