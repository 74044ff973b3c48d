import { join } from 'node:path'
import { copySource, type Prepare, prepareWith, programOf } from './program.ts'

const missing = 'The libraries of Python need Python 3, and there is no python3 here.'

/** PyJWT, joserfc, python-jose and jwcrypto, in a virtual environment. */
export const python: Prepare = async (folder) => {
  await copySource('python', folder)
  await prepareWith(folder, ['python3', '-m', 'venv', 'venv'], missing)
  const program = join(folder, process.platform === 'win32' ? 'venv/Scripts/python.exe' : 'venv/bin/python')
  const pip = [program, '-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', '-r', 'requirements.txt']
  await prepareWith(folder, pip, missing)
  return programOf('Python', folder, [program, '-W', 'ignore', 'verify.py'])
}
