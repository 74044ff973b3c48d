import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { type CreationOptionsJSON, createSoftwareAuthenticator, type RequestOptionsJSON } from '@fobwatch/testkit'
import { addPerson, enrol, inviteCode, issuer, sql, startService, type TestService } from '../service.testing.ts'
import { fobwatch } from './explain.testing.ts'

const page = new URL('../../../../docs/explain.md', import.meta.url)

describe('where docs/explain.md says that a case comes from', () => {
  let service: TestService
  let folder: string
  let [program, query] = ['', '']
  before(async () => {
    service = await startService()
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-case-'))
    const text = await readFile(page, 'utf8')
    program = /```js\n([\s\S]+?)```/.exec(text)?.[1] ?? ''
    query = /```sql\n([\s\S]+?);\n```/.exec(text)?.[1] ?? ''
    await writeFile(join(folder, 'case.mjs'), program)
  })
  after(async () => {
    await service.close()
    await rm(folder, { recursive: true })
  })

  /** What the program makes of these, explained. */
  const explained = async (ceremony: string, ...files: object[]) => {
    const names = await Promise.all(
      files.map(async (content, at) => {
        await writeFile(join(folder, `${at}.json`), JSON.stringify(content))
        return `${at}.json`
      }),
    )
    const env = { FOBWATCH_ISSUER: issuer }
    const made = await promisify(execFile)(process.execPath, ['case.mjs', ...names], { cwd: folder, env })
    const { code, out, err } = await fobwatch(['explain', ceremony, '-'], made.stdout)
    assert.equal(code, 0, out + err)
    return JSON.parse(out)
  }

  it('is one for setting up a device', async () => {
    const code = await inviteCode(service, (await addPerson(service)).id)
    const asked = (await service.browser().postJson('/api/enrolment/options', { code })).json<CreationOptionsJSON>()
    const response = createSoftwareAuthenticator().register(asked, { origin: issuer })
    assert.equal((await explained('registration', asked, { response, onIPad: false, code })).aal, 2)
  })

  it('is one for logging in, with what is stored', async () => {
    const { device, enrolled } = await enrol(service, (await addPerson(service)).id)
    const asked = (await service.browser().postJson('/sign-in/fobwatch/options', {})).json<RequestOptionsJSON>()
    const response = device.authenticate(asked, { origin: issuer })
    const [stored] = await sql<{ case: object }>(
      service,
      query.replace(":'device'", '$1').replace(/\nfrom/, ' as case\nfrom'),
      enrolled.id,
    )
    assert.ok(stored)
    const { aal, reasons } = await explained('assertion', asked, { response }, stored.case)
    assert.deepEqual([aal, reasons], [2, ['we could not confirm the maker']])
  })
})
