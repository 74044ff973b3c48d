import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { Attributes, Context, Span, SpanKind } from '@opentelemetry/api'
import type { FollowRequest } from '#http'
import { isRefusal } from '#kernel'
import { loadOpenTelemetry, type OpenTelemetry } from './load.ts'

interface Options {
  /** Where a collector takes OTLP over HTTP; `/v1/traces` is added. */
  endpoint: string
  /** Which part of all requests is followed, from 0 to 1. */
  share: number
  /** Whether a `traceparent` of whoever asks is heeded: then they decide which requests are followed. */
  trustParent: boolean
  version: string
  /** Told when a collector took nothing. */
  onFailure: (error: unknown) => void
}

/** Goes round a piece of work that somebody is waiting for, and does it. */
type Around = <T>(name: string, work: () => Promise<T>) => Promise<T>

export interface Tracing {
  followRequest: FollowRequest
  /** Begins a trace of its own, for what no request waits for. */
  begin: Around
  /** A part of what is followed; just the work where nothing is. */
  within: Around
  /** The same of what somebody else does for us: a statement, a call, a letter. */
  asking: <T>(name: string, about: Attributes, work: () => Promise<T>) => Promise<T>
  /** Sends what is left, and no more. */
  close: () => Promise<void>
}

/** What went wrong, in words of ours or of PostgreSQL's appendix A. A message may name somebody. */
const errorType = (error: unknown): string => {
  if (isRefusal(error)) return error.code
  if (!(error instanceof Error)) return typeof error
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** Loads OpenTelemetry, and begins to send. */
export const openTracing = async ({ share, trustParent, ...options }: Options): Promise<Tracing> => {
  const otel = await loadOpenTelemetry()
  const { ROOT_CONTEXT, SpanKind: kinds, trace } = otel.api
  const provider = providerOf(otel, { share, ...options })
  const tracer = provider.getTracer('fobwatch')
  const propagator = new otel.core.W3CTraceContextPropagator()
  const current = new AsyncLocalStorage<Context>()

  const fail = (span: Span, error: unknown): void => {
    span.setStatus({ code: otel.api.SpanStatusCode.ERROR })
    span.setAttribute('error.type', errorType(error))
  }
  const inSpan = async <T>(
    parent: Context,
    { name, kind, attributes = {} }: { name: string; kind: SpanKind; attributes?: Attributes },
    work: () => Promise<T>,
  ): Promise<T> => {
    const span = tracer.startSpan(name, { kind, attributes }, parent)
    try {
      return await current.run(trace.setSpan(parent, span), work)
    } catch (error) {
      fail(span, error)
      throw error
    } finally {
      span.end()
    }
  }
  const below = <T>(about: Parameters<typeof inSpan>[1], work: () => Promise<T>): Promise<T> => {
    const parent = current.getStore()
    return parent && trace.getSpan(parent)?.isRecording() ? inSpan(parent, about, work) : work()
  }

  const parentOf = (headers: Parameters<FollowRequest>[0]['headers']): Context =>
    trustParent
      ? propagator.extract(ROOT_CONTEXT, headers, {
          keys: Object.keys,
          get: (from, key) => from[key as keyof typeof from],
        })
      : ROOT_CONTEXT

  return {
    followRequest: ({ method, route = 'none', requestId, headers }) => {
      const parent = parentOf(headers)
      const attributes = {
        ...{ [otel.words.ATTR_HTTP_REQUEST_METHOD]: method, [otel.words.ATTR_HTTP_ROUTE]: route },
        'fobwatch.request_id': requestId,
      }
      const span = tracer.startSpan(`${method} ${route}`, { kind: kinds.SERVER, attributes }, parent)
      const context = trace.setSpan(parent, span)
      return {
        traceId: span.isRecording() ? span.spanContext().traceId : undefined,
        enter: (work) => current.run(context, work),
        end: (status) => {
          span.setAttribute(otel.words.ATTR_HTTP_RESPONSE_STATUS_CODE, status)
          if (status >= 500) span.setStatus({ code: otel.api.SpanStatusCode.ERROR })
          span.end()
        },
      }
    },
    begin: (name, work) => inSpan(ROOT_CONTEXT, { name, kind: kinds.INTERNAL }, work),
    within: (name, work) => below({ name, kind: kinds.INTERNAL }, work),
    asking: (name, attributes, work) => below({ name, kind: kinds.CLIENT, attributes }, work),
    // Whoever ends does not fail for what a collector did not take, of which was told.
    close: () => provider.shutdown().catch(() => {}),
  }
}

/** How long a collector may take, in milliseconds: what it does not take is lost, and keeps nothing waiting. */
const patience = 5_000

const providerOf = (
  { sdk, resources, words, exporting }: OpenTelemetry,
  { endpoint, share, version, onFailure }: Omit<Options, 'trustParent'>,
) => {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`
  const sender = new exporting.OTLPTraceExporter({ url, timeoutMillis: patience })
  const exporter: Pick<typeof sender, 'export' | 'forceFlush' | 'shutdown'> = {
    export: (spans, done) =>
      sender.export(spans, (result) => {
        if (result.error) onFailure(result.error)
        done(result)
      }),
    forceFlush: () => sender.forceFlush(),
    shutdown: () => sender.shutdown(),
  }
  return new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({
      [words.ATTR_SERVICE_NAME]: 'fobwatch',
      [words.ATTR_SERVICE_VERSION]: version,
      'service.instance.id': randomUUID(),
    }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter, exportTimeoutMillis: patience })],
  })
}
