import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { compileCache, createBrowserLike, type Send } from '@fobwatch/testkit'
import { issuer } from './service.testing.ts'

/** A line of the log. */
export type Line = { msg: string; worker?: number; pid: number; level: number; reqId?: string } & Record<
  string,
  unknown
>

/** The service as it runs, in processes of its own. */
export interface Instance {
  child: ChildProcess
  port: number
  lines: Line[]
  /** Resolves when the log has a line like this. */
  says: (message: RegExp, count?: number) => Promise<Line>
  /** Sends a signal, and resolves to the exit code. */
  end: (signal: NodeJS.Signals) => Promise<number | null>
}

interface Place {
  url: string
  masterKey: string
}

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

const environmentAt = ({ url, masterKey }: Place): Record<string, string | undefined> => ({
  PATH: process.env['PATH'],
  ...compileCache,
  DATABASE_URL: url,
  FOBWATCH_MASTER_KEY: masterKey,
  FOBWATCH_ISSUER: issuer,
  FOBWATCH_MAILBOX: 'on',
  FOBWATCH_LONGEST_DELAY: '600000',
})

/** Runs `main.ts` until it ends by itself. @returns its exit code, and what it said on standard error */
export const runService = async (place: Place, environment: Record<string, string>) => {
  const env = { ...environmentAt(place), PORT: '0', ...environment }
  const { promise, resolve } = Promise.withResolvers<{ code: unknown; said: string }>()
  execFile(process.execPath, [main], { env }, (error, _out, said) => resolve({ code: error?.code, said }))
  return promise
}

/** Starts `main.ts` and waits until it listens. */
export const startInstance = async (
  place: Place,
  environment: Record<string, string> = {},
  port = 0,
): Promise<Instance> => {
  const child = spawn(process.execPath, [main], {
    env: { ...environmentAt(place), ...environment, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit') as Promise<[number | null]>
  const lines: Line[] = []
  const waiting = new Set<() => void>()
  createInterface(child.stdout).on('line', (line) => {
    lines.push(JSON.parse(line))
    for (const look of waiting) look()
  })
  const says = async (message: RegExp, count = 1): Promise<Line> => {
    const { promise, resolve, reject } = Promise.withResolvers<Line>()
    const look = () => {
      const found = lines.filter(({ msg }) => message.test(msg))[count - 1]
      if (found) resolve(found)
    }
    waiting.add(look)
    look()
    void ended.then(() => reject(new Error(`It ended before it said ${message}`)))
    return promise.finally(() => waiting.delete(look))
  }
  const listening = await says(/^Server listening at/)
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return (await ended)[0]
  }
  return { child, port: Number(/:(\d+)$/.exec(listening.msg)?.[1]), lines, says, end }
}

/** Carries requests to a port, whatever address they name. It tries nothing twice. */
export const sendToPort = (port: () => number, agent = new Agent({ keepAlive: true })): Send => {
  return async (url, { method = 'GET', headers, body }) => {
    const { promise, resolve, reject } = Promise.withResolvers<Response>()
    const asked = request(
      {
        ...{ agent, port: port(), host: '127.0.0.1', method, path: url.pathname + url.search },
        headers: { host: url.host, ...(headers as Record<string, string>) },
      },
      (answer) => {
        const { statusCode: status = 0, headersDistinct } = answer
        const pairs = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
          values.map((value): [string, string] => [name, value]),
        )
        text(answer).then((said) => resolve(new Response(said || null, { status, headers: pairs })), reject)
      },
    )
    asked.once('error', reject)
    asked.end(typeof body === 'string' ? body : undefined)
    return promise
  }
}

/**
 * A balancer as simple as can be: it asks each instance over and over whether it is ready, and hands requests to those that
 * are, in turn, along connections that it keeps. A request that fails is a request that failed: nothing is tried again.
 */
export const startBalancer = async (ports: readonly number[]) => {
  const targets = ports.map((port) => ({
    port,
    isReady: false,
    // The connection that was unused for longest goes first, so that each is used again soon.
    agent: new Agent({ keepAlive: true, scheduling: 'fifo' }),
  }))
  const failures: string[] = []
  let over = false
  let next = 0
  const probe = async (target: (typeof targets)[number]) => {
    while (!over) {
      const ready = await fetch(`http://127.0.0.1:${target.port}/health/ready`, { headers: { connection: 'close' } })
        .then(({ ok }) => ok)
        .catch(() => false)
      target.isReady = ready
      await delay(50)
    }
  }
  const hand = (asked: IncomingMessage, answer: ServerResponse) => {
    const ready = targets.filter(({ isReady }) => isReady)
    next += 1
    const target = ready[next % ready.length]
    const fail = (why: string) => {
      failures.push(`${asked.method} ${asked.url}: ${why}`)
      answer.writeHead(502).end()
    }
    if (!target) return fail('nobody is ready')
    const { method, url: path, headers } = asked
    const { connection: _, ...rest } = headers
    const on = request({ agent: target.agent, port: target.port, host: '127.0.0.1', method, path, headers: rest })
    on.once('response', (from) => {
      const { connection: _ours, ...said } = from.headersDistinct
      answer.writeHead(from.statusCode ?? 502, said as Record<string, string[]>)
      from.pipe(answer)
    })
    on.once('error', (error) => fail(error.message))
    asked.pipe(on)
  }
  const server = createServer(hand).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const probes = targets.map(probe)
  return {
    port: (server.address() as AddressInfo).port,
    failures,
    readyPorts: () => targets.filter(({ isReady }) => isReady).map(({ port }) => port),
    close: async () => {
      over = true
      await Promise.all(probes)
      for (const { agent } of targets) agent.destroy()
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A browser whose requests go to a port, whatever the service believes that it is called. */
export const browserAt = (send: Send) => createBrowserLike(issuer, undefined, send)
