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
 * Puts real values into a block, for its examples, all in one pass: a value may look like another example.
 * @throws Error for an example that the block does not have
 */
export const fillIn = (block: string, values: Record<string, string>): string => {
  const missing = Object.keys(values).find((example) => !block.includes(example))
  if (missing !== undefined) throw new Error(`The block does not say ${missing}`)
  const examples = Object.keys(values).toSorted((one, other) => other.length - one.length)
  return block.replaceAll(
    new RegExp(examples.map((each) => RegExp.escape(each)).join('|'), 'g'),
    (each) => values[each] ?? '',
  )
}
