import { copySource, type Prepare, prepareWith, programOf } from './program.ts'

/** golang-jwt, go-jose, go-oidc and jwx. Go keeps what it downloads and compiles in caches of its own. */
export const go: Prepare = async (folder) => {
  await copySource('go', folder)
  await prepareWith(folder, ['go', 'build', '-o', 'verify', '.'], 'The libraries of Go need Go, which is not here.')
  return programOf('Go', folder, ['./verify'])
}
