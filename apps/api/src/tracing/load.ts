/** Loads what is needed of OpenTelemetry: 30 modules that nobody carries who sends no traces. */
export const loadOpenTelemetry = async () => {
  const [api, core, sdk, resources, exporting, words] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/core'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/semantic-conventions'),
  ])
  return { api, core, sdk, resources, exporting, words }
}

export type OpenTelemetry = Awaited<ReturnType<typeof loadOpenTelemetry>>
