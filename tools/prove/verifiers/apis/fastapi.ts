import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../../programs.ts'
import { blockOf } from '../../stage/guide.ts'
import { type Prepare, prepareWith } from '../languages/program.ts'
import { programServing } from './served.ts'

const missing = 'FastAPI needs Python 3, and there is no python3 here.'
const requirements = join(root, 'tools/prove/verifiers/apis/fastapi/requirements.txt')

/** The API of docs/guides/python.md. */
export const fastapi: Prepare = async (folder) => {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'api.py'), await blockOf('python.md', 'api.py'))
  await prepareWith(folder, ['python3', '-m', 'venv', 'venv'], missing)
  const python = join(folder, process.platform === 'win32' ? 'venv/Scripts/python.exe' : 'venv/bin/python')
  const pip = [python, '-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', '-r', requirements]
  await prepareWith(folder, pip, missing)
  const asked = [python, '-c', 'import fastapi; print(fastapi.__version__)']
  return programServing({
    library: 'FastAPI by the guide',
    version: (await prepareWith(folder, asked, missing)).trim(),
    language: 'Python',
    path: '/records',
    launch: ({ issuer, audience }, port) => ({
      command: [python, '-m', 'uvicorn', 'api:app', '--port', String(port), '--log-level', 'warning'],
      cwd: folder,
      env: { FOBWATCH_ISSUER: issuer, AUDIENCE: audience },
    }),
  })
}
