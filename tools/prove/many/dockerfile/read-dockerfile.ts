/** One instruction of a Dockerfile. */
export interface Instruction {
  name: string
  /** What follows the name, on one line. */
  rest: string
}

/** A stage: what it is built on, and what is done there. */
export interface Stage {
  name: string
  base: string
  instructions: Instruction[]
}

/** What these readers understand; another instruction is a reason to look at them. */
const known = ['WORKDIR', 'COPY', 'RUN', 'ENV', 'EXPOSE', 'USER', 'HEALTHCHECK', 'CMD']

/**
 * Reads the stages of a Dockerfile.
 * @throws Error for an instruction that is not known here
 */
export const readDockerfile = (text: string): Stage[] => {
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const stages: Stage[] = []
  for (const line of lines) {
    const [, name = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? []
    if (name === 'FROM') {
      const [, base = '', as = ''] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? []
      stages.push({ name: as, base, instructions: [] })
    } else if (known.includes(name)) stages.at(-1)?.instructions.push({ name, rest })
    else throw new Error(`Not known here: ${line}`)
  }
  return stages
}

/** What `ENV` sets: names and values, these in quotes where they have spaces. */
export const environmentIn = (rest: string): [name: string, value: string][] =>
  [...rest.matchAll(/(\S+?)=(?:"([^"]*)"|(\S+))/g)].map(([, name = '', quoted, bare = '']) => [name, quoted ?? bare])
