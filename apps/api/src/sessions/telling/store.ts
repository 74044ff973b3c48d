import { type Store, statement } from '@fobwatch/store'

const applications = statement<[], { id: string; name: string; address: string | null }>(
  'sessions:applications-told',
  `select id, name, metadata->>'backchannel_logout_uri' as address from client order by name, id`,
)

/** Where applications are told of logouts. */
export const tellingStore = (store: Store) => ({ applications: () => store.rows(applications, []) })

export type TellingStore = ReturnType<typeof tellingStore>
