/** Better Auth on node:http, as its documentation mounts it, in a process of its own. */
import { createServer } from 'node:http'
import { toNodeHandler } from 'better-auth/node'
import pg from 'pg'
import { createAuth } from './auth.ts'

const { PORT = '0', DATABASE_URL = '', BETTER_AUTH_SECRET: secret = '', CLIENT_IDS = '' } = process.env
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10, idleTimeoutMillis: 0 })
pool.on('error', () => {}) // Or a connection that is lost would end the process.
const auth = createAuth({ origin: `http://localhost:${PORT}`, secret, pool, clientIds: CLIENT_IDS.split(',') })
const handle = toNodeHandler(auth)

const server = createServer((request, response) => void handle(request, response))
process.once('SIGTERM', () => server.close(() => process.exit(0)))
server.listen(Number(PORT), '127.0.0.1')
