/**
 * The settings of a block as in `postgresql.conf`: a name, `=`, and a value, in quotes where it has spaces.
 * @throws Error for a line that is neither a setting nor a comment
 */
export const settingsIn = (block: string): Record<string, string> =>
  Object.fromEntries(
    block
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      .map((line) => {
        const [, name, quoted, bare] = /^([\w.]+) = (?:'((?:[^']|'')*)'|([^\s#']+))\s*(?:#.*)?$/.exec(line) ?? []
        if (!name) throw new Error(`Not a setting: ${line}`)
        return [name, quoted?.replaceAll("''", "'") ?? bare ?? '']
      }),
  )
