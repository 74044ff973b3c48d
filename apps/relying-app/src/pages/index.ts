/**
 * Pages: how everything looks. Owns the template, the layout, the stylesheet and the words that all pages share.
 * Invariant: a page is a function of what it is given; it asks nobody for anything, and holds no script and no style of its own.
 */
export { assetRoutes } from './assets.ts'
export { type Html, html } from './html.ts'
export type { Page, Visitor } from './layout.ts'
export { noSuchPage, somethingWrongPage } from './mistakes.ts'
export {
  backLink,
  bullets,
  buttonLink,
  changeRolePath,
  details,
  inset,
  logInPath,
  roleInWords,
  stepUpPath,
  summaryList,
  tag,
} from './parts.ts'
export { type Person, personOf } from './person.ts'
export { sendPage } from './send.ts'
export { checkAndReasons, checkInWords, inWords } from './words.ts'
