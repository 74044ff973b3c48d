/**
 * Tracing: where the time of one request goes, for whoever collects OpenTelemetry's traces. No table and no endpoint: spans are
 * sent to the collector that the configuration names.
 * Invariant: a span names a route, a verb, a statement or a host of an application, and never a person, what was asked for or
 * what a statement was asked with; and where no collector is named, nothing of OpenTelemetry is loaded and no span is made.
 * Neighbours: `http` follows requests by a type that it declares, the store's statements, the outbox and what calls others are
 * gone round by `app.ts`. This is the only room that knows OpenTelemetry.
 */
export { openTracing, type Tracing } from './open-tracing.ts'
