import {
  backLink,
  bullets,
  checkAndReasons,
  details,
  type Html,
  html,
  inWords,
  type Page,
  type Person,
  summaryList,
  type Visitor,
} from '../pages/index.ts'

/** A token, and what the verifier says of it. */
export type TokenView =
  | { result: 'accepted'; header: { alg: string; kid: string }; claims: object }
  | { result: 'refused'; message: string; claims: object }

/** Who Fobwatch says the visitor is, in which role, how sure it is and why, and the tokens that say so. */
export const aboutYouPage = (visitor: Visitor, tokens: { idToken: TokenView; accessToken: TokenView }): Page => ({
  heading: 'What Fobwatch told us about you',
  visitor,
  before: backLink('Go back to the ward list', '/'),
  content: html`
    <h2 class="nhsuk-heading-m">Who you are</h2>
    ${whoYouAre(visitor.person)}
    <h2 class="nhsuk-heading-m">Your organisation and role</h2>
    ${yourRole(visitor.person)}
    <h2 class="nhsuk-heading-m">How sure Fobwatch is that it is you</h2>
    ${howSure(visitor.person)}
    <h2 class="nhsuk-heading-m">The tokens that say so</h2>
    <p>For people who build applications. A token is a signed note from Fobwatch. We checked each one again just now.</p>
    ${details('ID token: who you are', token(tokens.idToken))}
    ${details('Access token: what this application may ask for you', token(tokens.accessToken))}`,
})

const whoYouAre = ({ name, staffId, identityLevel }: Person) =>
  summaryList([
    ['Name', name],
    ['User number', staffId],
    ['Identity check', identityLevel ? `Level ${identityLevel} of 3` : 'Fobwatch did not say'],
  ])

const yourRole = ({ role }: Person) => {
  if (!role) return html`<p>You have no role yet. The desk can give you one.</p>`
  return html`
    ${summaryList([
      ['Organisation', `${role.org_name} (${role.org_code})`],
      ['Role', `${role.role_name} (${role.role_code})`],
      ['Position', role.position],
    ])}
    ${details('What this role may do', bullets(role.activities.map(({ code, name }) => `${name} (${code})`)))}`
}

const howSure = ({ checkLevel, reasons, acr, amr, checkedAt }: Person) => html`
  <p>${checkAndReasons(checkLevel, reasons)}</p>
  ${checkedAt !== undefined && html`<p>You showed that it was you at ${inWords(checkedAt)}.</p>`}
  ${details(
    'What the token calls this check',
    summaryList([
      ['Class (acr)', acr ?? 'Fobwatch did not say'],
      ['Methods (amr)', amr.length > 0 ? amr.join(', ') : 'Fobwatch did not say'],
    ]),
  )}`

const token = (view: TokenView): Html => html`
  <p><strong>${verdict(view)}</strong></p>
  <pre class="ward-list-token"><code>${JSON.stringify(view.claims, null, 2)}</code></pre>`

const verdict = (view: TokenView) =>
  view.result === 'accepted'
    ? `Accepted. It is signed by Fobwatch with ${view.header.alg}, by the key ${view.header.kid}, and is meant for us.`
    : `Refused now. ${view.message}. It was accepted when you logged in.`
