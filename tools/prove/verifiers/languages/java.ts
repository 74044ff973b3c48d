import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { copySource, type Prepare, prepareWith, programOf } from './program.ts'

const missing = 'The libraries of Java need a JDK, 17 or newer, and Maven, which are not here.'

/** nimbus-jose-jwt, jjwt and Spring Security. Maven keeps what it downloads in its own repository. */
export const java: Prepare = async (folder) => {
  await copySource('java', folder)
  await prepareWith(folder, ['javac', '--version'], missing)
  const classPath = ['mvn', '--quiet', '--batch-mode', 'dependency:build-classpath', '-Dmdep.outputFile=classpath']
  await prepareWith(folder, classPath, missing)
  const libraries = (await readFile(join(folder, 'classpath'), 'utf8')).trim()
  return programOf('Java', folder, ['java', '-cp', libraries, 'Verify.java'])
}
