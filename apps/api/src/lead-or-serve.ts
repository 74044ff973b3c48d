import { isWorker, leadWorkers, readWorkers } from '#workers'
import { createLog } from './log.ts'

/** How many processes serve. What is wrong with the setting is said with all else that is, by the one that reads all. */
const processes = (): number => {
  try {
    return readWorkers(process.env['FOBWATCH_WORKERS'])
  } catch {
    return 1
  }
}

const count = processes()
// The first of several loads nothing that only serving needs.
if (count > 1 && !isWorker)
  leadWorkers({
    ...{ count, createLog },
    serveMetrics: async (at, counts) => {
      const { gatherFromWorkers, listenForScrapes } = await import('#metrics')
      return listenForScrapes(await gatherFromWorkers(counts), at)
    },
  })
else await (await import('./serve.ts')).serve()
