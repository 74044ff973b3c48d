import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../programs.ts'

/**
 * A block of a guide, as it stands there: the one below the comment `<!-- NAME -->`. What the guides show is what the
 * proofs run.
 * @param guide the file in docs/guides
 * @throws Error when there is no such block
 */
export const blockOf = async (guide: string, name: string): Promise<string> => {
  const text = await readFile(join(root, 'docs/guides', guide), 'utf8')
  const found = text.split(`<!-- ${name} -->\n\n\`\`\``)[1]
  const [, block] = /^\w*\n([\s\S]*?)^```$/m.exec(found ?? '') ?? []
  if (block === undefined) throw new Error(`docs/guides/${guide} has no block called ${name}`)
  return block
}

/**
 * Puts real values into a block, for its examples.
 * @throws Error for an example that the block does not have
 */
export const fillIn = (block: string, values: Record<string, string>): string =>
  Object.entries(values).reduce((text, [example, value]) => {
    if (!text.includes(example)) throw new Error(`The block does not say ${example}`)
    return text.replaceAll(example, value)
  }, block)
