import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { root, runProgram } from '../../programs.ts'

interface Proof {
  /** Of the file in docs/proofs, and of the script `prove:…`. */
  name: string
  /** What made it, where that is another. */
  command?: string
  title: string
  /** Markdown below the heading. */
  body: string
  passed: boolean
}

const git = async (...args: string[]): Promise<string> => (await runProgram('git', args)).output.trim()

/** The commit that runs, and whether anything beside it does. */
const describeCommit = async (): Promise<string> => {
  const commit = await git('rev-parse', 'HEAD')
  const changed = await git('status', '--porcelain', '--', '.', ':!docs')
  return changed ? `${commit}, with changes that are not committed` : commit
}

const describeMachine = (): string => {
  const model = cpus()[0]?.model.trim() || process.arch
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${cpus().length} cores (${model}), ${memory} GB, ${process.platform}, Node ${process.versions.node}`
}

/**
 * Keeps what a proof has shown in docs/proofs, with the commit, the day and the machine.
 * @returns the file's path in the checkout
 */
export const writeProof = async ({
  name,
  command = `npm run prove:${name}`,
  title,
  body,
  passed,
}: Proof): Promise<string> => {
  const page = [
    `# ${title}`,
    '',
    `Made by \`${command}\`, which writes this page anew.`,
    '',
    `- Result: **${passed ? 'it holds' : 'it does not hold'}**`,
    `- Commit: ${await describeCommit()}`,
    `- Date: ${new Date().toISOString().slice(0, 10)}`,
    `- Machine: ${describeMachine()}`,
    '',
    body.trim(),
    '',
  ].join('\n')
  const path = `docs/proofs/${name}.md`
  await mkdir(join(root, 'docs/proofs'), { recursive: true })
  await writeFile(join(root, path), page)
  return path
}
