import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

/** Where the API listens while the front end is worked on. */
const api = process.env['FOBWATCH_API'] ?? 'http://localhost:3000'

const servedByApi = [
  '^/api/',
  '^/sign-in/[^/]+/(state|options|assertion|role)$',
  '^/(authorize|token|userinfo|jwks|logout|introspect|revoke|health|docs)(/|\\?|$)',
  '^/\\.well-known/',
]

export default defineConfig({
  plugins: [preact({ reactAliasesEnabled: false })],
  build: {
    // The content security policy allows no inline script or style, and no data: address but for images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    // check-size.ts reads from it what a page loads.
    manifest: true,
    rolldownOptions: {
      output: {
        // Pages that the server writes link the stylesheet, so its name is fixed.
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith('.css')) ? 'assets/fobwatch.css' : 'assets/[name]-[hash][extname]',
      },
    },
  },
  server: {
    host: 'localhost',
    // changeOrigin stays off: the API must see the origin that the browser sees, or it refuses the ceremony.
    proxy: Object.fromEntries(servedByApi.map((address) => [address, { target: api, changeOrigin: false }])),
  },
})
