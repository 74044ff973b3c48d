import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

interface Value {
  stringValue?: string
  intValue?: number | string
}

/** A span as it was sent. */
export interface SentSpan {
  name: string
  traceId: string
  spanId: string
  parentSpanId?: string
  kind: number
  attributes: { key: string; value: Value }[]
  status: { code?: number }
}

interface Sent {
  resourceSpans: { resource: { attributes: SentSpan['attributes'] }; scopeSpans: { spans: SentSpan[] }[] }[]
}

/** Takes traces as a collector does: OTLP over HTTP, in JSON. */
export const startCollector = async (status = 200) => {
  const bodies: string[] = []
  const asked: string[] = []
  const server = createServer(async (request, answer) => {
    asked.push(`${request.method} ${request.url} ${request.headers['content-type']}`)
    bodies.push(await text(request))
    answer.writeHead(status, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    /** All that was sent, as it was sent. */
    text: () => bodies.join('\n'),
    resources: () => bodies.flatMap((body) => (JSON.parse(body) as Sent).resourceSpans.map(({ resource }) => resource)),
    spans: (): SentSpan[] =>
      bodies.flatMap((body) =>
        (JSON.parse(body) as Sent).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** What a span says of itself under a key. */
export const attributeOf = ({ attributes }: SentSpan, key: string) => {
  const value = attributes.find((each) => each.key === key)?.value
  return value?.stringValue ?? (value?.intValue === undefined ? undefined : Number(value.intValue))
}
