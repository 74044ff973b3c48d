import { defineConfig } from '@playwright/test'

const chromium = process.env['CHROMIUM_PATH']
if (!chromium) throw new Error('No browser: `npm test` finds or installs one and names it in CHROMIUM_PATH.')

const runsAsRoot = process.getuid?.() === 0

/** Journeys in a real Chromium, against real servers on a real database. Each file tells stories. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        // Chromium's sandbox refuses to run as root, which is what a container often is.
        ...(runsAsRoot ? ['--no-sandbox'] : []),
      ],
    },
  },
})
