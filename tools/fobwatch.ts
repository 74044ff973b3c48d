/**
 * `npm run fobwatch -- COMMAND`: the operator's command over the demonstration that `npm start` keeps in the data
 * folder. What the environment says goes before; in production the command is run by itself, as `fobwatch`.
 */
import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { answer } from '../apps/api/src/cli.ts'
import { environmentFile } from './starting/data-folder.ts'
import { readSettings } from './starting/settings.ts'

const { dataDir, databaseUrl } = readSettings(process.env)
const kept = environmentFile(dataDir)
if (existsSync(kept)) loadEnvFile(kept)
const unavailable = databaseUrl ? undefined : 'The demonstration is not running. Start it with npm start first.'
process.exitCode = await answer(process.argv.slice(2), unavailable)
