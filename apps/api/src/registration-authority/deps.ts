import type { TwoPeopleKind } from '@fobwatch/contracts'
import type { Access } from '#access'
import type { Assurance } from '#assurance'
import type { Audit, AuditChain, OpenFields, RecordAlone, RecordEvent } from '#audit'
import type { Authenticators, Policies } from '#authenticators'
import type { Clients, StoredClient } from '#clients'
import type { Enrolment } from '#enrolment'
import type { InTransaction, Now, Transaction } from '#kernel'
import type { Mail } from '#mail'
import type { People } from '#people'
import type { PersonalData } from '#personal-data'
import type { Sessions } from '#sessions'
import type { AuditSearchStore } from './audit/store.ts'
import type { ImportStore } from './imports/store.ts'
import type { BulkStore } from './reports/bulk/store.ts'
import type { ReportStore } from './reports/store.ts'
import type { RequestStore } from './requests/store.ts'
import type { DeskStore } from './store.ts'

/** What this room's verbs are handed. */
export interface Deps {
  store: DeskStore
  requests: RequestStore
  imports: ImportStore
  reports: ReportStore
  bulk: BulkStore
  /** The deeds that take two people. */
  twoPeople: readonly TwoPeopleKind[]
  now: Now
  inTransaction: InTransaction
  record: RecordEvent
  recordAlone: RecordAlone
  auditSearch: AuditSearchStore
  auditChain: Pick<AuditChain, 'exportLines' | 'newestCheckpoint' | 'publicKeys'>
  openFields: OpenFields
  newestEventsOf: Audit['newestOf']
  /** The origin that links point to. */
  issuer: string
  access: Pick<
    Access,
    | 'reachOf'
    | 'waysToDo'
    | 'organisationsAbove'
    | 'coversDutiesOf'
    | 'holdPositions'
    | 'rolesHeldBy'
    | 'findOrganisation'
    | 'findDutyPosition'
    | 'addPosition'
    | 'assign'
    | 'coversDuty'
    | 'coversPlace'
    | 'showOrganisation'
    | 'listOrganisations'
    | 'pathOf'
    | 'createOrganisation'
    | 'renameOrganisation'
    | 'moveOrganisation'
    | 'setClosed'
    | 'workgroupsOf'
    | 'workgroupsByCode'
    | 'addWorkgroup'
    | 'renameWorkgroup'
    | 'listPositions'
    | 'showPosition'
    | 'wholePosition'
    | 'createPosition'
    | 'changePosition'
    | 'retirePosition'
    | 'isPositionHeldBy'
    | 'hasCodes'
    | 'catalogue'
    | 'previewCatalogue'
    | 'replaceCatalogue'
    | 'loadOrganisations'
    | 'assignmentsOf'
    | 'findAssignment'
    | 'changeAssignment'
    | 'endAssignment'
    | 'endAssignmentsOf'
    | 'affiliate'
    | 'comeBackTo'
    | 'organisationsOf'
  >
  people: People
  /** 32 bytes, under which matches are named to whoever looks at them. */
  matchKey: Uint8Array
  authenticators: Pick<
    Authenticators,
    | 'listForDesk'
    | 'modelNameOf'
    | 'modelNames'
    | 'pause'
    | 'findHeld'
    | 'reinstate'
    | 'revoke'
    | 'holdAllOf'
    | 'revokeAllOf'
    | 'forgetWords'
    | 'setExpiry'
  >
  sessions: Pick<Sessions, 'requireLive' | 'placesOf' | 'endSessionsOfPerson' | 'forgetBrowsers'>
  mail: Pick<Mail, 'forgetLetters'>
  personalData: Pick<PersonalData, 'everythingAbout' | 'addressesOf'>
  forgetPerson: Audit['forgetPerson']
  enrolment: Pick<Enrolment, 'invite' | 'voidInvitations' | 'linksOf' | 'watchInvitation'>
  policies: Policies
  anchors: Pick<Assurance, 'readAnchors' | 'keepAnchor' | 'endAnchor'>
  clients: Pick<
    Clients,
    | 'listClients'
    | 'findClients'
    | 'showClient'
    | 'lookAt'
    | 'createClient'
    | 'replaceClient'
    | 'setDisabled'
    | 'addSecret'
    | 'endSecret'
    | 'listApis'
    | 'defineApi'
  >
  /** Forgets what HR systems said of a person. */
  forgetFed: (tx: Transaction, personId: string) => Promise<unknown>
  findClient: (id: string) => Promise<Pick<StoredClient, 'name'> | undefined>
}
