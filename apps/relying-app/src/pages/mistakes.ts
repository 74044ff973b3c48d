import { html } from './html.ts'
import type { Page } from './layout.ts'
import { buttonLink } from './parts.ts'

export const noSuchPage = (): Page => ({
  heading: 'There is no such page',
  content: html`
    <p>The address may be mistyped, or the patient may have left the ward.</p>
    ${buttonLink('Go to the ward list', '/')}`,
})

export const somethingWrongPage = (reference: string): Page => ({
  heading: 'Something went wrong',
  content: html`
    <p>The fault is ours. You did nothing wrong.</p>
    <p>Try again. If it happens twice, call the desk and give them the reference ${reference}.</p>
    ${buttonLink('Go to the ward list', '/')}`,
})
