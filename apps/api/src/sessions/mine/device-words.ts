type Words = readonly (readonly [pattern: RegExp, word: string])[]

// In this order, since most browsers also call themselves by the names of others.
const browsers: Words = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
]

const systems: Words = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b.*\bMobile\b/, 'Android phone'],
  [/\bAndroid\b/, 'Android tablet'],
  [/\bCrOS\b/, 'Chromebook'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
]

const wordFor = (words: Words, userAgent: string): string | undefined =>
  words.find(([pattern]) => pattern.test(userAgent))?.[1]

/**
 * What people know a browser by: "Chrome on Windows". What it says of itself is no proof of anything, and nothing of it is
 * shown but these words.
 */
export const deviceWords = (userAgent: string | null): string => {
  const browser = wordFor(browsers, userAgent ?? '')
  const system = wordFor(systems, userAgent ?? '')
  if (browser && system) return `${browser} on ${system}`
  return browser ?? system ?? 'A browser that we do not know'
}
