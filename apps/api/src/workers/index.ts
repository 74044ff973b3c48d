/**
 * Workers: all cores of one machine. A first process listens for the others and does nothing else: it holds no connection to
 * the database, loads none of the other rooms, starts a worker for each core, and another for one that dies. Owns the
 * setting `FOBWATCH_WORKERS`, and what the first process and its workers say to each other.
 * Invariant: while anything runs, at least one worker that began well takes connections, and of all workers one does what
 * the service does by itself.
 * Neighbours: `main.ts` asks here what this process is; `serve.ts` is what a worker does, and what one process does alone.
 */
export { type FirstProcess, firstProcess, isWorker, workerName } from './first-process.ts'
export { leadWorkers } from './lead-workers.ts'
export { readWorkers } from './read-workers.ts'
