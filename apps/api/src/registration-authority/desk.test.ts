import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CreationOptions, DeskPerson, Failure, FoundPeople, IssuedInvitation } from '@fobwatch/contracts'
import { statement } from '@fobwatch/store'
import { type BrowserLike, createSoftwareAuthenticator } from '@fobwatch/testkit'
import type { NewPerson, Person } from '#people'
import { enrol, issuer, queueFor, signInHere, sql, startService, type TestService } from '../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from './desk.testing.ts'

describe('the desk', () => {
  let service: TestService
  let place: Places
  let agent: { person: Person; browser: BrowserLike }

  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    agent = await withDuty('agent', place.hospital)
  })
  after(() => service.close())

  const add = (organisationId: string, names?: Partial<NewPerson>) => addAt(service, organisationId, names)
  const put = (personId: string, organisationId: string, what: { roleCode?: string; dutyCode?: string }) =>
    putAt(service, personId, organisationId, what)
  const signIn = async (person: Person) => signInHere(service, (await enrol(service, person.id)).device)
  const withDuty = async (dutyCode: string, organisationId: string) => {
    const person = await add(organisationId, { givenName: 'Duty', familyName: dutyCode })
    await put(person.id, organisationId, { dutyCode })
    return { person, browser: await signIn(person) }
  }

  const search = async (text: string, browser = agent.browser) => {
    const page = await browser.get(`/api/desk/people?search=${encodeURIComponent(text)}`)
    assert.equal(page.status, 200, page.body)
    return page.json<FoundPeople>().people
  }
  const found = async (text: string) => (await search(text)).map(({ name }) => name)
  const show = (staffId: string, browser = agent.browser) => browser.get(`/api/desk/people/${staffId}`)
  const issue = (staffId: string, browser = agent.browser, body: object = { how: 'link' }) =>
    browser.postJson(`/api/desk/people/${staffId}/invitations`, body)
  const refusal = (page: { status: number; json: <T>() => T }) => `${page.status} ${page.json<Failure>().error}`
  const eventsOf = async (person: Person) => service.rooms.audit.eventsOf(person.id)
  const setStatus = statement<[string, string]>('test:status', 'update person set status = $2 where id = $1')

  describe('finding people', () => {
    before(async () => {
      const oisin = {
        givenName: 'Oisín',
        middleNames: 'Mac',
        familyName: "O'Pennyroyal-Moss",
        email: 'oisin.moss@fernbrook.example',
      }
      const person = await add(place.hospital, oisin)
      await put(person.id, place.hospital, { roleCode: 'S8000:G8000:R8004' })
      await add(place.clinic, { givenName: 'Priya', familyName: 'Larkspur', email: null })
      await add(place.home, { givenName: 'Priya', familyName: 'Larkhill' })
    })

    it('takes the beginnings of names in any order, without capitals and accents', async () => {
      const name = "Oisín O'Pennyroyal-Moss"
      for (const text of ['oisin', 'OISÍN', 'openny', "o'penny", 'moss', 'moss ois', 'o mac', "o'pennyroyal-moss"])
        assert.deepEqual(await found(text), [name], text)
      assert.deepEqual(await found('pennyroyal'), [])
      assert.deepEqual(await found('isin'), [])
      assert.deepEqual(await found('oisin larkspur'), [])
    })

    it('takes the beginning of a staff id or of an email address', async () => {
      const [person] = await search('oisin')
      assert.ok(person)
      assert.deepEqual(await found(person.staffId), ["Oisín O'Pennyroyal-Moss"])
      assert.ok((await search(person.staffId.slice(0, 6))).some(({ staffId }) => staffId === person.staffId))
      assert.deepEqual(await found('Oisin.Moss@'), ["Oisín O'Pennyroyal-Moss"])
      assert.deepEqual(await found('fernbrook.example'), [])
    })

    it('says where the person works, as what, and how many ways to log in they have', async () => {
      const [person] = await search('oisin')
      assert.deepEqual(
        { ...person, staffId: '' },
        {
          staffId: '',
          name: "Oisín O'Pennyroyal-Moss",
          email: 'oisin.moss@fernbrook.example',
          organisation: 'Hospital',
          role: 'Healthcare Student',
          status: 'active',
          ways: 0,
          paused: 0,
        },
      )
      const [self] = await search('duty agent')
      assert.equal(self?.ways, 1)
      assert.equal(self?.role, null)
    })

    it('looks below the organisation of the duty, and not beside it', async () => {
      assert.deepEqual(await found('priya'), ['Priya Larkspur'])
    })

    it('puts whoever has the word itself for a name before those whose name begins with it', async () => {
      for (const familyName of ['Quillacre', 'Zest', 'Quill'])
        await add(place.hospital, { givenName: familyName === 'Zest' ? 'Quill' : 'Umber', familyName })
      assert.deepEqual(await found('quill'), ['Umber Quill', 'Quill Zest', 'Umber Quillacre'])
    })

    it('follows a name that changes', async () => {
      const person = await add(place.hospital, { givenName: 'Before', familyName: 'Xanthe' })
      await sql(service, `update person set family_name = 'Yarrow', email = null where id = $1`, person.id)
      assert.deepEqual([await found('xanthe'), await found('yarrow bef')], [[], ['Before Yarrow']])
    })

    it('shows at most 10', async () => {
      for (let n = 0; n < 11; n += 1) await add(place.hospital, { givenName: 'Tenfold' })
      assert.equal((await search('tenfold')).length, 10)
    })

    it('takes signs for what they are, not for patterns or SQL', async () => {
      for (const text of ['%%', '__', "';drop", '.*', '\\\\', '{a}', '"x"', 'a\0b'])
        assert.deepEqual(await search(text), [], text)
    })

    it('refuses a search that says nothing', async () => {
      for (const text of ['n', '%20%20%20', '-%20-'])
        assert.equal(refusal(await agent.browser.get(`/api/desk/people?search=${text}`)), '400 invalid_request', text)
    })

    it('records that there was a search, and not for whom', async () => {
      await search('oisin penny')
      const last = statement<[string], { type: string; details: object; personal: Buffer | null }>(
        'test:last-search',
        'select type, details, personal from audit_event where actor = $1 order by seq desc limit 1',
      )
      const event = await service.store.row(last, [agent.person.id])
      assert.deepEqual(event, { type: 'desk-searched', details: { found: 0 }, personal: null })
    })
  })

  describe('showing a person', () => {
    it('gives their roles, ways to log in and links', async () => {
      const person = await add(place.clinic, { givenName: 'Edith' })
      const role = await put(person.id, place.clinic, { roleCode: 'S8000:G8000:R8001' })
      await enrol(service, person.id)
      await issue(person.staffId)

      const shown = (await show(person.staffId)).json<DeskPerson>()
      assert.equal(shown.name, 'Edith Elsewhere')
      assert.equal(shown.identityLevel, 2)
      assert.equal(shown.ways, 1)
      assert.equal(shown.authenticators.length, 1)
      assert.deepEqual(
        shown.roles.map(({ id, role }) => ({ id, role })),
        [{ id: role, role: 'Nurse' }],
      )
      assert.deepEqual(
        shown.links.map(({ state }) => state),
        ['open', 'used'],
      )
    })

    it('records who looked', async () => {
      const person = await add(place.hospital)
      await show(person.staffId)
      const event = (await eventsOf(person)).at(-1)
      assert.deepEqual([event?.type, event?.actor], ['person-viewed', agent.person.id])
    })

    it('finds nobody outside, as it finds nobody who does not exist', async () => {
      const outside = await add(place.home)
      const [there, nowhere] = [await show(outside.staffId), await show('999999999999')]
      assert.equal(refusal(there), '404 not_found')
      assert.equal(refusal(nowhere), '404 not_found')
      assert.equal(there.json<Failure>().message, nowhere.json<Failure>().message)
      const event = (await eventsOf(outside)).at(-1)
      assert.deepEqual(
        [event?.type, event?.outcome, event?.details],
        ['desk-refused', 'refused', { task: 'find-person', why: 'outside' }],
      )
    })
  })

  describe('issuing a link', () => {
    it('gives an address that sets up a device, once shown and valid for a day', async () => {
      const person = await add(place.clinic)
      const page = await issue(person.staffId)
      assert.equal(page.status, 200, page.body)
      const { url, expiresAt } = page.json<IssuedInvitation & { url: string }>()
      assert.ok(url.startsWith(`${issuer}/enrol#`))
      const hours = (Date.parse(expiresAt) - Date.now()) / 3_600_000
      assert.ok(hours > 23.9 && hours <= 24)

      const code = new URL(url).hash.slice(1)
      assert.equal((await service.browser().postJson('/api/enrolment/options', { code })).status, 200)
      const { links } = (await show(person.staffId)).json<DeskPerson>()
      assert.ok(!JSON.stringify(links).includes(code))
    })

    it('leaves one open link, however many agents issue at once', async () => {
      const person = await add(place.hospital)
      await Promise.all(Array.from({ length: 5 }, () => issue(person.staffId)))
      const { links } = (await show(person.staffId)).json<DeskPerson>()
      assert.deepEqual(links.map(({ state }) => state).toSorted(), ['open', ...Array(4).fill('replaced')])
    })

    it('records who issued it, and how', async () => {
      const person = await add(place.hospital)
      await issue(person.staffId, agent.browser, { how: 'in-person' })
      const event = (await eventsOf(person)).at(-1)
      assert.equal(event?.type, 'invitation-issued')
      assert.equal(event?.actor, agent.person.id)
      assert.equal(event?.details['how'], 'in-person')
      assert.ok(event?.requestId)
    })

    it('line 25: is worth no more than what its agent proved', async () => {
      const person = await add(place.hospital)
      const raise = (level: number) =>
        service.store.run(
          statement<[string, number]>('', 'update session set assurance_level = $2 where person_id = $1'),
          [agent.person.id, level],
        )
      const worth = async (how: string) => {
        await issue(person.staffId, agent.browser, { how })
        return (await eventsOf(person)).at(-1)?.details['maxLevel']
      }
      assert.deepEqual([await worth('in-person'), await worth('video'), await worth('link')], [2, 2, 2])
      await raise(3)
      assert.deepEqual([await worth('in-person'), await worth('video'), await worth('link')], [3, 3, 2])
      await raise(1)
      assert.deepEqual([await worth('in-person'), await worth('link')], [1, 1])
      await raise(2)
    })

    it('is refused for a person outside, who keeps the link they had', async () => {
      const outside = await add(place.home)
      await service.rooms.registrationAuthority.inviteByCommand(outside.staffId)
      assert.equal(refusal(await issue(outside.staffId)), '404 not_found')
      assert.deepEqual(
        (await eventsOf(outside)).map(({ type }) => type),
        ['person-created', 'invitation-issued', 'desk-refused'],
      )
    })

    it('is refused to agents for themselves', async () => {
      const page = await issue(agent.person.staffId)
      assert.equal(refusal(page), '403 not_allowed')
      assert.deepEqual((await eventsOf(agent.person)).at(-1)?.details, { task: 'issue-authenticator', why: 'self' })
    })

    for (const status of ['suspended', 'closed']) {
      it(`is refused for someone who is ${status}`, async () => {
        const person = await add(place.hospital)
        await service.store.run(setStatus, [person.id, status])
        assert.equal(refusal(await issue(person.staffId)), '403 not_allowed')
        assert.deepEqual((await eventsOf(person)).at(-1)?.details, { task: 'issue-authenticator', why: 'not-active' })
      })
    }

    it('is refused for whoever may do more than the agent, or the same elsewhere', async () => {
      for (const [dutyCode, at] of [
        ['manager', place.hospital],
        ['advanced-agent', place.clinic],
        ['service-operator', place.hospital],
        ['agent', place.home],
        ['id-checker', place.home],
      ] as const) {
        const person = await add(place.hospital, { familyName: dutyCode })
        await put(person.id, at, { dutyCode })
        const page = await issue(person.staffId)
        assert.equal(refusal(page), '403 not_allowed', dutyCode)
        assert.deepEqual(page.json<Failure>().reasons, ['They may do things that you may not do yourself.'])
        const event = (await eventsOf(person)).at(-1)
        assert.deepEqual(
          [event?.type, event?.actor, event?.details],
          ['desk-refused', agent.person.id, { task: 'issue-authenticator', why: 'duties' }],
        )
      }
    })

    it('is refused for whoever will have such a duty, and not for whoever had', async () => {
      const person = await add(place.hospital)
      const duty = await put(person.id, place.hospital, { dutyCode: 'manager' })
      const later = new Date(Date.now() + 3_600_000)
      await sql(service, 'update assignment set starts_at = $2 where id = $1', duty, later)
      assert.equal(refusal(await issue(person.staffId)), '403 not_allowed')
      await sql(service, 'update assignment set ended_at = now() where id = $1', duty)
      await put(person.id, place.hospital, { roleCode: 'S8000:G8000:R8001' })
      assert.equal((await issue(person.staffId)).status, 200)
    })

    it('line 42: is refused for whoever has left, who is not found, and given for whoever is yet to begin', async () => {
      const person = await add(place.hospital)
      const job = await put(person.id, place.hospital, { roleCode: 'S8000:G8000:R8001' })
      await put(person.id, place.home, { roleCode: 'S8000:G8000:R8001' })
      const later = new Date(Date.now() + 3_600_000)
      await sql(service, 'update assignment set starts_at = $2 where id = $1', job, later)
      assert.equal((await issue(person.staffId)).status, 200)
      await sql(service, 'update assignment set ended_at = now() where id = $1', job)
      assert.equal(refusal(await issue(person.staffId)), '404 not_found')
      assert.equal(refusal(await show(person.staffId)), '404 not_found')
    })

    for (const [what, ending] of [
      ['device is removed', `update authenticator set status = 'revoked' where person_id = $1`],
      ['device is suspended', `update authenticator set status = 'suspended' where person_id = $1`],
      ['profile is suspended', `update person set status = 'suspended' where id = $1`],
    ] as const)
      it(`makes a link that ends when its agent's ${what}`, async () => {
        const thief = await withDuty('agent', place.hospital)
        const person = await add(place.hospital)
        const code = new URL(
          (await issue(person.staffId, thief.browser)).json<IssuedInvitation>().url ?? '',
        ).hash.slice(1)
        const open = () => service.browser().postJson('/api/enrolment/options', { code })
        assert.equal((await open()).status, 200)
        await sql(service, ending, thief.person.id)
        assert.equal(refusal(await open()), '410 invitation_expired')
        const { links } = (await show(person.staffId)).json<DeskPerson>()
        assert.deepEqual(
          links.map(({ state }) => state),
          ['expired'],
        )
      })

    it('is given for whoever may do as much as the agent, or less', async () => {
      for (const dutyCode of ['agent', 'sponsor', 'id-checker', 'local-administrator']) {
        const person = await add(place.clinic, { familyName: dutyCode })
        await put(person.id, place.clinic, { dutyCode })
        assert.equal((await issue(person.staffId)).status, 200, dutyCode)
      }
    })

    for (const [what, ending, expected] of [
      ['session ends', 'update session set ended_at = now() where person_id = $1', '401 not_signed_in'],
      ['device is removed', `update authenticator set status = 'revoked' where person_id = $1`, '401 not_signed_in'],
      ['duty ends', 'update assignment set ended_at = now() where person_id = $1', '403 not_allowed'],
    ] as const)
      it(`is refused when the agent’s ${what} after the guard has let the request in`, async () => {
        const { person: late, browser } = await withDuty('agent', place.hospital)
        const person = await add(place.hospital)
        const [page] = await queueFor(service, late.id, [() => issue(person.staffId, browser)], ending)
        assert.equal(page && refusal(page), expected)
        assert.equal((await sql(service, 'select from invitation where person_id = $1', person.id)).length, 0)
      })

    it('stands beside the device that was set up with it, in the audit', async () => {
      const person = await add(place.hospital)
      const { url } = (await issue(person.staffId, agent.browser, { how: 'video' })).json<
        IssuedInvitation & { url: string }
      >()
      const code = new URL(url).hash.slice(1)
      const theirs = service.browser()
      const options = (await theirs.postJson('/api/enrolment/options', { code })).json<CreationOptions>()
      const response = createSoftwareAuthenticator().register(options, { origin: issuer })
      assert.equal((await theirs.postJson('/api/enrolment', { code, response })).status, 200)
      const event = (await eventsOf(person)).at(-1)
      assert.equal(event?.type, 'authenticator-enrolled')
      assert.deepEqual([event?.details['issuedBy'], event?.details['issuedHow']], [agent.person.id, 'video'])
    })

    it('takes no way of giving it that is not one of the three', async () => {
      const { staffId } = await add(place.hospital)
      assert.equal(refusal(await issue(staffId, agent.browser, { how: 'post' })), '400 invalid_request')
      assert.equal(
        refusal(await issue(staffId, agent.browser, { how: 'link', lifetimeMinutes: 9_999 })),
        '400 invalid_request',
      )
    })
  })

  describe('who may come in', () => {
    it('is nobody who is not signed in', async () => {
      const stranger = service.browser()
      const { staffId } = await add(place.hospital)
      assert.equal(refusal(await stranger.get('/api/desk/people?search=oisin')), '401 not_signed_in')
      assert.equal(refusal(await show(staffId, stranger)), '401 not_signed_in')
      assert.equal(refusal(await issue(staffId, stranger)), '401 not_signed_in')
    })

    it('is nobody without a duty, whatever their job role', async () => {
      const person = await add(place.hospital)
      await put(person.id, place.hospital, { roleCode: 'S0080:G0450:R5080' })
      const browser = await signIn(person)
      const { staffId } = await add(place.hospital)
      assert.equal(refusal(await browser.get('/api/desk/people?search=oisin')), '403 not_allowed')
      assert.equal(refusal(await show(staffId, browser)), '403 not_allowed')
      assert.equal(refusal(await issue(staffId, browser)), '403 not_allowed')
    })

    for (const [duty, mayFind, mayIssue] of [
      ['manager', true, true],
      ['advanced-agent', true, true],
      ['sponsor', true, false],
      ['id-checker', true, false],
      ['local-administrator', true, false],
      ['service-operator', false, false],
    ] as const) {
      it(`lets the ${duty} find ${mayFind ? 'people' : 'nobody'}, and issue ${mayIssue ? '' : 'no '}links`, async () => {
        const { browser } = await withDuty(duty, place.hospital)
        const { staffId } = await add(place.clinic)
        assert.equal((await show(staffId, browser)).status, mayFind ? 200 : 403)
        assert.equal((await issue(staffId, browser)).status, mayIssue ? 200 : 403)
      })
    }

    it('reaches as far as each duty alone: finding there does not mean issuing there', async () => {
      const { person, browser } = await withDuty('agent', place.home)
      await put(person.id, place.clinic, { dutyCode: 'sponsor' })
      const { staffId } = await add(place.clinic)
      assert.equal((await show(staffId, browser)).status, 200)
      assert.equal(refusal(await issue(staffId, browser)), '404 not_found')
    })

    it('ends at once with the duty', async () => {
      const { person, browser } = await withDuty('manager', place.hospital)
      assert.equal((await browser.get('/api/desk/people?search=oisin')).status, 200)
      const end = statement<[string]>('test:end', 'update assignment set ended_at = now() where person_id = $1')
      await service.store.run(end, [person.id])
      assert.equal(refusal(await browser.get('/api/desk/people?search=oisin')), '403 not_allowed')
    })
  })
})
