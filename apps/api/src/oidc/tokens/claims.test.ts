import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { ClientMetadata } from '@fobwatch/contracts'
import { decodeJwt } from 'jose'
import { addPerson, enrol, registerClient, startService, type TestService, ward } from '../../service.testing.ts'
import { getCode, type Parameters, post, redeem } from '../code-flow.testing.ts'

const every = [
  'openid profile email nhsperson nationalrbacaccess associatedorgs professionalmemberships organisationalmemberships',
  'selectedrole',
].join(' ')
const protocol = ['acr', 'amr', 'at_hash', 'aud', 'auth_time', 'azp', 'exp', 'iat', 'iss', 'nonce', 'sid', 'sub']
const levels = ['authentication_assurance_level', 'id_assurance_level']

describe('claims', () => {
  let service: TestService
  before(async () => {
    service = await startService()
    await registerClient(service)
    await variant('compatible', { claims_form: 'compatible' })
    await variant('compatible-strings', { claims_form: 'compatible', levels_as: 'string' })
  })
  after(() => service.close())

  const variant = (id: string, metadata: ClientMetadata) =>
    registerClient(service, { ...ward, id, name: id, metadata: { ...ward.metadata, ...metadata } })

  /** A registration authority manager with one activity, a workgroup and an area of work, as in CIS2's own example. */
  const manager = async (registered = true) => {
    const { rooms, store } = service
    const place = { code: `X${Math.floor(Math.random() * 1e6)}`, name: 'Test Hospital' }
    const person = await store.inTransaction(async (tx) => {
      const added = await rooms.people.addPerson(tx, {
        title: 'Mr',
        givenName: 'Test',
        middleNames: 'Ada',
        familyName: 'User',
        email: 'test.user@fernbrook.example',
        identityLevel: 3,
      })
      if (registered) await rooms.people.keepMembership(tx, added.id, { body: 'gmc', number: 'TEST1' })
      if (registered) await rooms.people.keepMembership(tx, added.id, { body: 'nmc', number: 'TEST2' })
      return added
    })
    const { role, workgroup } = await store.inTransaction(async (tx) => {
      const code = String(Math.floor(Math.random() * 1e12)).padStart(12, '0')
      await rooms.access.addWorkgroup(tx, { code, name: 'Ward 7 team' })
      const organisationId = await rooms.access.addOrganisation(tx, place)
      const position = await rooms.access.addPosition(tx, {
        organisationId,
        name: 'Manager',
        roleCode: 'S0080:G0450:R5080',
        activities: ['B0825'],
        workgroups: [code],
        areaOfWork: { code: 'P0010:Q0020:T0030', name: 'Acute medicine' },
      })
      const startsAt = new Date(Date.now() - 60_000)
      return {
        role: await rooms.access.assign(tx, { personId: person.id, positionId: position, startsAt }),
        workgroup: code,
      }
    })
    const [membership] = await rooms.access.organisationsOf(person.id)
    const { device } = await enrol(service, person.id)
    return { person, role, workgroup, place, personOrg: membership?.personOrgId, device }
  }
  type Someone = Awaited<ReturnType<typeof manager>>

  const tokensOf = async ({ device }: Pick<Someone, 'device'>, client_id: string, parameters: Parameters = {}) => {
    const code = await getCode(service.browser(), device, { client_id, scope: every, ...parameters })
    const { status, body } = await redeem(service, code, { client_id, resource: parameters['resource'] })
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
  const userinfoWith = async (token: unknown) =>
    (await service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${token}` } })).json<
      Record<string, unknown>
    >()
  const toldTo = async (someone: Someone, client_id: string, parameters?: Parameters) => {
    const body = await tokensOf(someone, client_id, parameters)
    return { idToken: decodeJwt(String(body['id_token'])), userinfo: await userinfoWith(body['access_token']), body }
  }
  const withoutLogIn = ({ sid: _sid, acr: _acr, amr: _amr, auth_time: _time, ...claims }: Record<string, unknown>) =>
    claims

  it("are as CIS2's own where the application is registered for its form", async () => {
    const someone = await manager()
    const { person, role, workgroup, place, personOrg } = someone
    const { userinfo } = await toldTo(someone, 'compatible')
    const there = { org_name: place.name, org_code: place.code }
    const roleName = '"Admin & Clerical":"Management - A & C":"Registration Authority Manager"'
    assert.deepEqual(withoutLogIn(userinfo), {
      sub: person.staffId,
      nhsid_useruid: person.staffId,
      uid: person.staffId,
      name: 'Test User',
      given_name: 'Test',
      middle_names: 'Ada',
      family_name: 'User',
      title: 'Mr',
      initials: 'TA',
      display_name: 'Mr Test Ada User',
      email: 'test.user@fernbrook.example',
      idassurancelevel: '3',
      id_assurance_level: 3,
      authentication_assurance_level: 2,
      selected_roleid: role,
      nhsid_nrbac_roles: [
        {
          person_orgid: personOrg,
          person_roleid: role,
          org_code: place.code,
          role_name: roleName,
          role_code: 'S0080:G0450:R5080',
          // What the position grants, and not what that includes.
          activities: ['Amend Patient Demographics'],
          activity_codes: ['B0825'],
          workgroups: ['Ward 7 team'],
          workgroups_codes: [workgroup],
          aow: ['Acute medicine'],
          aow_codes: ['P0010:Q0020:T0030'],
        },
      ],
      nhsid_user_orgs: [there],
      nhsid_org_roles: [{ person_orgid: personOrg, ...there, role_name: roleName, role_code: 'S0080:G0450:R5080' }],
      nhsid_org_memberships: [{ person_orgid: personOrg, ...there }],
      gmc_id: 'TEST1',
      nmc_id: 'TEST2',
    })
  })

  it('are integers, lists and pairs of codes and names in the clean form, with every activity that a role allows', async () => {
    const someone = await manager()
    const { role, workgroup, place, personOrg } = someone
    const { userinfo } = await toldTo(someone, 'ward')
    const [held] = userinfo['nhsid_nrbac_roles'] as { activities: { code: string; name: string }[] }[]
    const { activities, ...rest } = held ?? assert.fail()
    assert.deepEqual(rest, {
      person_orgid: personOrg,
      person_roleid: role,
      org_code: place.code,
      org_name: place.name,
      role_code: 'S0080:G0450:R5080',
      role_name: 'Registration Authority Manager',
      position: 'Manager',
      workgroups: [{ code: workgroup, name: 'Ward 7 team' }],
      aow: [{ code: 'P0010:Q0020:T0030', name: 'Acute medicine' }],
    })
    for (const pair of [
      { code: 'B0825', name: 'Amend Patient Demographics' },
      { code: 'B0820', name: 'View Patient Demographics' },
    ])
      assert.ok(
        activities.some((each) => each.code === pair.code && each.name === pair.name),
        pair.code,
      )
    const { idassurancelevel, id_assurance_level, authentication_assurance_level, gmc_id } = userinfo
    assert.deepEqual([idassurancelevel, id_assurance_level, authentication_assurance_level, gmc_id], [3, 3, 2, 'TEST1'])
  })

  it('have every list in the clean form, though it is empty, and no empty one in the compatible form', async () => {
    const person = await addPerson(service, 'Robin', 'Fiction')
    const { device } = await enrol(service, person.id)
    const lists = ['nhsid_nrbac_roles', 'nhsid_user_orgs', 'nhsid_org_roles', 'nhsid_org_memberships']
    for (const [client, expected] of [
      ['ward', []],
      ['compatible', undefined],
    ] as const) {
      const userinfo = await userinfoWith((await tokensOf({ device }, client))['access_token'])
      for (const list of lists) assert.deepEqual(userinfo[list], expected, `${client} ${list}`)
      for (const absent of ['email', 'title', 'gmc_id', 'selected_roleid']) assert.equal(userinfo[absent], undefined)
    }
  })

  it('have levels that are strings where the registration says so, in the ID token too', async () => {
    const { idToken, userinfo } = await toldTo(await manager(), 'compatible-strings')
    for (const claims of [idToken, userinfo])
      assert.deepEqual([claims['id_assurance_level'], claims['authentication_assurance_level']], ['3', '2'])
    assert.equal(userinfo['idassurancelevel'], '3')
  })

  it('of an ID token are the list of CIS2 and no more, since userinfo has the rest (OIDC Core §5.4)', async () => {
    const someone = await manager()
    for (const client of ['ward', 'compatible']) {
      const { idToken, body } = await toldTo(someone, client)
      assert.deepEqual(Object.keys(idToken).toSorted(), [...protocol, ...levels, 'selected_roleid'].toSorted())
      assert.equal(idToken['azp'], client)
      const half = createHash('sha256').update(String(body['access_token'])).digest().subarray(0, 16)
      assert.equal(idToken['at_hash'], half.toString('base64url'))
    }
    const { idToken } = await toldTo(someone, 'ward', { scope: 'openid profile' })
    assert.deepEqual(Object.keys(idToken).toSorted(), [...protocol, ...levels].toSorted())
  })

  it('stand in the ID token where the access token is for an API, which cannot ask userinfo', async () => {
    const someone = await manager()
    const resource = 'http://localhost:3001/api'
    for (const client of ['ward', 'compatible']) {
      const body = await tokensOf(someone, client, { scope: `${every} patients.read`, resource })
      const idToken = decodeJwt(String(body['id_token']))
      assert.equal(idToken['name'], 'Test User')
      assert.equal((idToken['nhsid_nrbac_roles'] as unknown[]).length, 1)
      const half = createHash('sha256').update(String(body['access_token'])).digest().subarray(0, 16)
      assert.equal(idToken['at_hash'], half.toString('base64url'))
    }
  })

  it('are no more than the scopes ask for', async () => {
    const someone = await manager()
    const known = ['sub', 'sid', 'id_assurance_level', 'authentication_assurance_level']
    const brings: [string, string[]][] = [
      ['profile', ['name', 'family_name', 'given_name', 'uid']],
      ['email', ['email']],
      ['nhsperson', ['nhsid_useruid', 'title', 'idassurancelevel', 'initials', 'middle_names', 'display_name']],
      ['nationalrbacaccess', ['nhsid_nrbac_roles']],
      ['associatedorgs', ['nhsid_user_orgs', 'nhsid_org_roles']],
      ['professionalmemberships', ['gmc_id', 'nmc_id']],
      ['organisationalmemberships', ['nhsid_org_memberships']],
      ['selectedrole', ['selected_roleid']],
      ['changedrole', ['selected_roleid']],
      ['assurance', ['assurance_reasons']],
    ]
    for (const [scope, claims] of brings) {
      const { userinfo } = await toldTo(someone, 'compatible', { scope: `openid ${scope}` })
      assert.deepEqual(Object.keys(userinfo).toSorted(), [...known, ...claims].toSorted(), scope)
    }
  })

  it('are given one by one by name, where it was asked for, within the scopes of the registration (OIDC Core §5.5)', async () => {
    await variant('narrow', { scope: 'openid email' })
    const someone = await manager()
    const claims = JSON.stringify({ userinfo: { name: { essential: true } }, id_token: { email: null } })
    const asked = { scope: 'openid', claims }
    const { idToken, userinfo } = await toldTo(someone, 'ward', asked)
    assert.deepEqual([userinfo['name'], userinfo['email'], userinfo['given_name']], ['Test User', undefined, undefined])
    assert.deepEqual([idToken['name'], idToken['email']], [undefined, 'test.user@fernbrook.example'])

    const narrow = await toldTo(someone, 'narrow', asked)
    assert.deepEqual([narrow.userinfo['name'], narrow.idToken['name']], [undefined, undefined])
    assert.equal(narrow.idToken['email'], 'test.user@fernbrook.example')
    const roles = JSON.stringify({ userinfo: { nhsid_nrbac_roles: null } })
    assert.equal(
      (await toldTo(someone, 'ward', { scope: 'openid', claims: roles })).userinfo['nhsid_nrbac_roles'],
      undefined,
    )
  })

  it('are told no more from the moment that the registration leaves them out, whatever the application had', async () => {
    const scope = 'openid email profile offline_access'
    await variant('narrowed', { scope })
    const asked = { client_id: 'narrowed', scope, prompt: 'consent' }
    const code = await getCode(service.browser(), (await manager()).device, asked)
    const had = (await redeem(service, code, { client_id: 'narrowed' })).body
    const toldBy = async (token: unknown) =>
      (await service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${token}` } })).json()
    assert.equal((await toldBy(had['access_token'])).name, 'Test User')

    await variant('narrowed', { scope: 'openid email offline_access' })
    const form = { grant_type: 'refresh_token', client_id: 'narrowed' }
    const next = await post(service, '/token', { ...form, refresh_token: String(had['refresh_token']) })
    assert.equal(next.status, 200)
    for (const token of [had['access_token'], next.body['access_token']]) {
      const told = await toldBy(token)
      assert.deepEqual([told.name, told.given_name, told.email], [undefined, undefined, 'test.user@fernbrook.example'])
    }
  })
})
