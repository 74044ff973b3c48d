import { readFileSync } from 'node:fs'
import type { RouteOptions } from 'fastify'

const SYSTEM_FONTS = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

/**
 * The stylesheet of nhsuk-frontend with our few lines after it. Its typeface is not ours to use and would be fetched
 * from somebody else's server: what loads it is taken out, and the typeface of the reader's own system stands in.
 */
export const stylesheet = (): string => {
  const theirs = readFileSync(new URL(import.meta.resolve('nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css')), 'utf8')
  return theirs
    .replaceAll(/@font-face\s*\{[^}]*\}/g, '')
    .replaceAll(/font-family:\s*Frutiger[^;}]*/g, `font-family:${SYSTEM_FONTS}`)
    .replace(/\/\*# sourceMappingURL=.*$/m, '')
    .concat(readOurs('ward-list.css'))
}

/** Our mark: a bed under a roof, drawn for this sample. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#212b32"/>' +
  '<path d="M5 14 16 6l11 8v12h-3v-4H8v4H5zm5 2v3h12v-3z" fill="#fff"/></svg>'

/** The files that pages name, read once and kept in memory. */
export const assetRoutes = (): RouteOptions[] => [
  asset('/assets/ward-list.css', 'text/css; charset=utf-8', stylesheet()),
  asset('/assets/time-warning.js', 'text/javascript; charset=utf-8', readOurs('time-warning.js')),
  asset('/assets/icon.svg', 'image/svg+xml', ICON),
]

const readOurs = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8')

const asset = (url: string, type: string, body: string): RouteOptions => ({
  method: 'GET',
  url,
  handler: (_request, reply) => reply.type(type).header('cache-control', 'public, max-age=300').send(body),
})
