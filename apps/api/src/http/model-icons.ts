import type { FastifyInstance } from 'fastify'
import { Refusal } from '#kernel'

const start = 'data:image/png;base64,'
/** How every PNG begins (PNG 3rd edition §5.2), whatever else it says that it is. */
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const mostBytes = 64 * 1024

const pngOf = (icon: string | null): Buffer | undefined => {
  if (!icon?.startsWith(start)) return undefined
  const png = Buffer.from(icon.slice(start.length), 'base64')
  return png.length <= mostBytes && png.subarray(0, signature.length).equals(signature) ? png : undefined
}

/**
 * Serves the pictures of models: PNG alone, and nothing in them that a browser would run.
 * @param iconOf a data URL, where the model has one
 */
export const registerModelIcons = (app: FastifyInstance, iconOf: (aaguid: string) => string | null): void => {
  app.get<{ Params: { aaguid: string } }>(
    '/api/models/:aaguid/icon',
    { schema: { hide: true } },
    async ({ params }, reply) => {
      const png = pngOf(iconOf(params.aaguid))
      if (!png) throw new Refusal('not_found')
      return reply
        .header('cache-control', 'public, max-age=86400')
        .header('content-security-policy', "default-src 'none'")
        .header('x-content-type-options', 'nosniff')
        .type('image/png')
        .send(png)
    },
  )
}
