/**
 * Metrics: what can be counted of the service, in the form that Prometheus reads. Owns docs/metrics.md, and the address
 * that is given for it, which is no part of the service's own; no table.
 * Invariant: no label names a person, an application, an address or anything else that came from outside, so that there are
 * never more series than the code has words for; and nothing that is counted asks the database anything.
 * Neighbours: rooms tell of what happened by functions that they declare, and `app.ts` hands them these; what is read at
 * each scrape comes from there too. This is the only room that knows prom-client, which is loaded when it is opened.
 */
export { gatherFromWorkers } from './gather-from-workers.ts'
export { listenForScrapes, type Scraped } from './listen-for-scrapes.ts'
export { describeMetrics } from './meanings.ts'
export { type Metrics, openMetrics } from './open-metrics.ts'
export type { Sources } from './sources.ts'
export { type Told, untold } from './told.ts'
