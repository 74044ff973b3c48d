import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { stylesheet } from './assets.ts'

describe('the stylesheet', () => {
  const css = stylesheet()

  it('asks no other server for anything', () => {
    assert.doesNotMatch(css, /@import|url\(\s*["']?(https?:)?\/\//)
  })

  it('uses no typeface but those of the reader’s system', () => {
    assert.doesNotMatch(css, /@font-face|Frutiger/)
    assert.match(css, /font-family:system-ui/)
  })

  it('keeps the rest of nhsuk-frontend, and adds ours', () => {
    assert.match(css, /\.nhsuk-button\b/)
    assert.match(css, /\.ward-list-token\b/)
  })
})
