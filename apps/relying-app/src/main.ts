import { buildApp } from './app.ts'
import { readConfig } from './config.ts'

/** Starts the application, and stops it at the first sign: it finishes what it is answering, and takes nothing new. */
const start = async () => {
  const config = readConfig(process.env)
  const app = await buildApp(config)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => app.close().catch(giveUp))
  await app.listen({ host: config.host, port: config.port }).catch((cause: unknown) => {
    throw new Error(whyNotListening(cause, config.port), { cause })
  })
  console.log(`Ward list (sample) is at ${config.url}`)
}

const whyNotListening = (cause: unknown, port: number) => {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'EADDRINUSE') return `Port ${port} is in use: stop what uses it, or set PORT to another one.`
  if (code === 'EACCES') return `Port ${port} needs rights that this user lacks: set PORT to one above 1023.`
  return `Cannot listen on port ${port}: ${cause instanceof Error ? cause.message : cause}`
}

const giveUp = (error: unknown): never => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

await start().catch(giveUp)
