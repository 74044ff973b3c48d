/**
 * `npm run fobwatch -- COMMAND`: the operator's command over the demonstration that `npm start` keeps in the data
 * folder. What the environment says goes before; in production the command is run by itself, as `fobwatch`.
 */
import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { environmentFile } from './starting/data-folder.ts'
import { readSettings } from './starting/settings.ts'

const kept = environmentFile(readSettings(process.env).dataDir)
if (existsSync(kept)) loadEnvFile(kept)
await import('../apps/api/src/cli.ts')
