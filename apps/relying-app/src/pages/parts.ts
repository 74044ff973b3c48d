import type { StepUp } from '@fobwatch/token-verifier'
import { type Html, html } from './html.ts'

/** A link that looks like the one main button of a page. */
export const buttonLink = (text: string, href: string): Html =>
  html`<p><a class="nhsuk-button" href="${href}">${text}</a></p>`

export const backLink = (text: string, href: string): Html =>
  html`<nav aria-label="Back"><a class="nhsuk-back-link" href="${href}">${text}</a></nav>`

export const inset = (content: Html): Html =>
  html`<div class="nhsuk-inset-text"><span class="nhsuk-u-visually-hidden">Information: </span>${content}</div>`

export const details = (summary: string, content: Html): Html => html`
<details class="nhsuk-details">
  <summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">${summary}</span></summary>
  <div class="nhsuk-details__text">${content}</div>
</details>`

export const bullets = (items: readonly (string | Html)[]): Html =>
  html`<ul class="nhsuk-list nhsuk-list--bullet">${items.map((item) => html`<li>${item}</li>`)}</ul>`

/** A word that says what something is like. */
export const tag = (word: string): Html => html`<strong class="nhsuk-tag">${word}</strong>`

/** Facts as names and values. */
export const summaryList = (facts: readonly (readonly [string, string | Html])[]): Html => html`
<dl class="nhsuk-summary-list">${facts.map(
  ([name, value]) => html`
  <div class="nhsuk-summary-list__row">
    <dt class="nhsuk-summary-list__key">${name}</dt>
    <dd class="nhsuk-summary-list__value">${value}</dd>
  </div>`,
)}
</dl>`

/** The address that starts a log in and comes back to a page of ours. */
export const logInPath = (returnTo: string): string => `/sign-in?return=${encodeURIComponent(returnTo)}`

/** The address that starts a log in of another kind, such as with a strong check, and comes back to a page of ours. */
export const stepUpPath = (returnTo: string, stepUp: StepUp): string =>
  `${logInPath(returnTo)}&${new URLSearchParams(stepUp)}`

/** The address that asks for another role and comes back to a page of ours. */
export const changeRolePath = (returnTo: string): string => `${logInPath(returnTo)}&change-role=yes`

/** A role as its holder knows it: what they are there, and where. */
export const roleInWords = ({ position, org_name }: { position: string; org_name: string }): string =>
  `${position}, ${org_name}`
