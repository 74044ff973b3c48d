import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Beside the code, where nobody writes who may not change that: what is read from here runs. */
const compiled = fileURLToPath(new URL('../../../node_modules/.cache/node', import.meta.url))

// What was compiled once is read by the next start, and by every worker. NODE_COMPILE_CACHE names another place, and spares
// the stripping of this file too.
enableCompileCache(compiled)
await import('./lead-or-serve.ts')
