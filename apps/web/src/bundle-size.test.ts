import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { signInFiles, signInLimit, totalSize } from '../check-size.ts'

const dist = join(import.meta.dirname, '../dist')

describe('what the log-in page loads', () => {
  it('is at most 50 kB of JavaScript after gzip', () => {
    const size = totalSize(signInFiles(dist))
    assert.ok(size > 5_000, `Only ${size} bytes: not all of it was found`)
    assert.ok(size <= signInLimit, `${size} bytes`)
  })
  it('has no code of the desk in it', () => {
    const desk = /\/api\/desk|Find a person/
    const all = readdirSync(join(dist, 'assets')).filter((file) => file.endsWith('.js'))
    const withDesk = all.filter((file) => desk.test(readFileSync(join(dist, 'assets', file), 'utf8')))
    assert.ok(withDesk.length > 0, 'The desk was not found where it should be, so this test proves nothing')
    assert.deepEqual(
      signInFiles(dist).filter(({ source }) => desk.test(source)),
      [],
    )
  })
  it('has no schema of the contracts in it', () => {
    assert.deepEqual(
      signInFiles(dist).filter(({ source }) => source.includes('additionalProperties')),
      [],
    )
  })
})

describe('the page itself', () => {
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  it('has no script and no style of its own, which the content security policy would stop', () => {
    assert.doesNotMatch(page, /<style|style=|<script(?![^>]* src=)[^>]*>| on\w+=/)
  })
  it('loads nothing from anywhere else', () => {
    assert.doesNotMatch(page, /(src|href)="(?!\/)/)
  })
  it('links the stylesheet by the name that pages of the server link, too', () => {
    assert.match(page, /<link rel="stylesheet"[^>]* href="\/assets\/fobwatch\.css">/)
  })
})
