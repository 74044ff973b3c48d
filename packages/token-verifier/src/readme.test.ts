import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { ACCESS_MESSAGES, TOKEN_MESSAGES } from './answers.ts'
import { AccessRefused, TokenRefused } from './index.ts'
import { settingsOf } from './options.ts'

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** The first cell of each row of the table under a heading, and the last. */
const rowsUnder = (heading: string) => {
  const [, section = ''] = README.split(`\n## ${heading}\n`)
  const [table = ''] = section.split('\n## ')
  const rows = [...table.matchAll(/^\| `(.+?)` \|.*\| (.+?) \|$/gm)]
  return rows.flatMap(([, names = '', last = '']) => names.split('`, `').map((name) => [name, last] as const))
}

describe('the README', () => {
  it('has every code of a refused token, and its status', () => {
    const rows = rowsUnder('What each refusal means')
    assert.deepEqual(rows.map(([code]) => code).sort(), Object.keys(TOKEN_MESSAGES).sort())
    for (const [code, status] of rows)
      assert.equal(new TokenRefused(code as keyof typeof TOKEN_MESSAGES).status, Number(status), code)
  })

  it('has every need, and with what it is refused', () => {
    const refusals = rowsUnder('What a request needs').map(([, otherwise]) => otherwise)
    const codes = Object.keys(ACCESS_MESSAGES) as (keyof typeof ACCESS_MESSAGES)[]
    assert.deepEqual(refusals.sort(), codes.map((code) => `${new AccessRefused(code, {}).status} \`${code}\``).sort())
  })

  it('has every option', () => {
    const known = Object.keys(settingsOf({ issuer: 'https://login.test', audience: 'a' }))
    assert.deepEqual(
      rowsUnder('Options')
        .map(([name]) => name)
        .sort(),
      known.sort(),
    )
  })

  it('shows the challenge as it is', () => {
    const { headers } = new AccessRefused('level_required', { level: 3, maxAgeSeconds: 900 })
    assert.ok(README.includes(`WWW-Authenticate: ${headers['www-authenticate']}`))
  })
})
