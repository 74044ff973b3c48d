import { matchesGlob } from 'node:path'

/**
 * Whether a file of the context is kept out by `.dockerignore`: it or a folder that it is in matches a line. Exceptions
 * (`!`) are not known here.
 * @param path from the root of the context, divided by slashes
 */
export const ignoredBy = (text: string): ((path: string) => boolean) => {
  const patterns = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const exception = patterns.find((pattern) => pattern.startsWith('!'))
  if (exception) throw new Error(`Not known here: ${exception}`)
  return (path) => {
    const parts = path.split('/')
    const itAndAbove = parts.map((_, place) => parts.slice(0, place + 1).join('/'))
    return itAndAbove.some((each) => patterns.some((pattern) => matchesGlob(each, pattern)))
  }
}
