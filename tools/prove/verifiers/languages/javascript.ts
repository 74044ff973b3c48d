import { copySource, type Prepare, prepareWith, programOf } from './program.ts'

/** jsonwebtoken and fast-jwt, on the Node that runs this. */
export const javascript: Prepare = async (folder) => {
  await copySource('node', folder)
  const install = ['npm', 'install', '--prefix', folder, '--no-package-lock', '--no-audit', '--no-fund', '--silent']
  await prepareWith(folder, install, 'The libraries of npm need npm, which is not here.')
  return programOf('JavaScript', folder, [process.execPath, 'verify.js'])
}
