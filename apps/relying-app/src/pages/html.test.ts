import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { html, toText } from './html.ts'

describe('a template of HTML', () => {
  it('escapes what could be markup, in text and in attributes', () => {
    const name = `<script>alert("it's & on")</script>`
    const page = html`<p title="${name}">${name}</p>`
    const escaped = '&lt;script&gt;alert(&quot;it&#39;s &amp; on&quot;)&lt;/script&gt;'
    assert.equal(toText(page), `<p title="${escaped}">${escaped}</p>`)
  })

  it('keeps what a template made, alone or in a list', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`)
    assert.equal(toText(html`<ul>${items}</ul>${html`<hr>`}`), '<ul><li>a</li><li>&lt;b&gt;</li></ul><hr>')
  })

  it('leaves out what is absent, and writes nought', () => {
    assert.equal(toText(html`${undefined}${false}${0}`), '0')
  })

  it('takes no look-alike for its own work', () => {
    const forged = JSON.parse('{"markup":"<script>","toString":"<script>"}')
    assert.doesNotMatch(toText(html`${forged}`), /<script>/)
  })
})
