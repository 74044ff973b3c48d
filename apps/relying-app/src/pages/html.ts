const markup: unique symbol = Symbol('markup')

/** A piece of HTML that is safe to send: made by `html`, and by nothing else. */
export type Html = { readonly [markup]: string }

type Part = Html | string | number | false | undefined | readonly Part[]

/**
 * A template of HTML. Every value is escaped, in text and in quoted attributes alike, but for what `html` made itself;
 * lists are joined, and `false` and `undefined` are left out.
 */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html => {
  const pieces = strings.map((string, index) => string + (index < parts.length ? write(parts[index]) : ''))
  return { [markup]: pieces.join('') }
}

/** The text to send. */
export const toText = (piece: Html): string => piece[markup]

const write = (part: Part): string => {
  if (part === undefined || part === false) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return isList(part) ? part.map(write).join('') : part[markup]
}

const isList = (part: Html | readonly Part[]): part is readonly Part[] => Array.isArray(part)

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
