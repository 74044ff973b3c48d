import { command, countWords, textOf } from '#commands'
import type { addAnchor } from './anchors/add-anchor.ts'
import type { removeAnchor } from './anchors/remove-anchor.ts'
import type { loadMetadata } from './metadata/load-metadata.ts'
import type { metadataStatus } from './metadata/metadata-status.ts'
import type { AssuranceStore } from './store.ts'

interface Verbs {
  loadMetadata: ReturnType<typeof loadMetadata>
  metadataStatus: ReturnType<typeof metadataStatus>
  addAnchor: ReturnType<typeof addAnchor>
  listAnchors: AssuranceStore['anchors']
  removeAnchor: ReturnType<typeof removeAnchor>
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

/** What can be done by command about who made the devices. */
export const assuranceCommands = [
  command({
    name: 'metadata load',
    operands: ['FILE'],
    options: {},
    says: 'Load a blob of the FIDO Metadata Service, if it is newer than the one there is.',
    run: async ({ loadMetadata }: Verbs, { operands: [file] }) => {
      const { kind, number } = await loadMetadata(await textOf(file))
      return kind === 'loaded' ? `Loaded number ${number}.\n` : `Number ${number} is not newer than the one there is.\n`
    },
  }),
  command({
    name: 'metadata status',
    operands: [],
    options: {},
    says: 'Say which metadata there is, and until when it is believed.',
    run: async ({ metadataStatus }: Verbs) => {
      const status = await metadataStatus()
      if (status.kind === 'none') return 'There is no metadata.\n'
      if (status.kind === 'not believed') return 'The metadata there is was not signed by the configured publisher.\n'
      const { number, models, bad, nextUpdate, believedUntil, current } = status
      return [
        `Number ${number}, with ${countWords(models, 'model')}, of which ${bad} must not be used.\n`,
        `Its next update is due on ${dayOf(nextUpdate)}.\n`,
        current ? `It is believed until ${dayOf(believedUntil)}.\n` : `It is too old to be believed.\n`,
      ].join('')
    },
  }),
  command({
    name: 'anchors add',
    operands: ['FILE'],
    options: {
      name: { value: 'NAME', required: true },
      organisation: { value: 'CODE' },
      hardware: {},
      platform: { value: 'ios' },
    },
    says: 'Trust the certificate in a PEM file to vouch for devices; of everyone, or of one organisation and those below.',
    run: async ({ addAnchor }: Verbs, { operands: [file], options }) => {
      const { name, organisation: organisationCode, hardware, platform = null } = options
      if (platform !== null && platform !== 'ios') throw new Error('--platform can be ios, and nothing else.')
      return `${await addAnchor({ name, pem: await textOf(file), organisationCode, hardware, platform })}\n`
    },
  }),
  command({
    name: 'anchors list',
    operands: [],
    options: {},
    says: 'List the certificates that are trusted to vouch for devices.',
    run: async ({ listAnchors }: Verbs) => {
      const anchors = await listAnchors()
      if (anchors.length === 0) return 'There are no anchors.\n'
      const lines = anchors.map(({ id, name, organisationCode, hardware, platform }) =>
        [id, organisationCode ?? 'everyone', hardware ? 'hardware' : '-', platform ?? '-', name].join('\t'),
      )
      return lines.map((line) => `${line}\n`).join('')
    },
  }),
  command({
    name: 'anchors remove',
    operands: ['ID'],
    options: {},
    says: 'Trust a certificate no longer, whenever the devices were set up that it vouched for.',
    run: async ({ removeAnchor }: Verbs, { operands: [id = ''] }) => {
      await removeAnchor(id)
      return `${id} is an anchor no longer.\n`
    },
  }),
]
