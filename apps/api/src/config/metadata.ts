import { readFileSync } from 'node:fs'
import { certificatesIn, fidoRoot } from '#assurance'
import { isThisMachine } from '#kernel'
import { type Setting, wholeNumber } from './setting.ts'

const readMetadataUrl = (value: string | undefined): string | undefined => {
  if (!value) return undefined
  const url = URL.parse(value)
  if (!url) throw new Error('must be an address such as https://mds3.fidoalliance.org/')
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname))
  if (!isSafe) throw new Error('must be https, except on this machine')
  return value
}

const readRoots = (file: string | undefined): Buffer[] => {
  if (!file) return [fidoRoot()]
  let pem: string
  try {
    pem = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`must be a file that can be read, and ${file} is none`, { cause })
  }
  return certificatesIn(pem)
}

const readHostName = (value: string | undefined): string => {
  const name = value || 'mds.fidoalliance.org'
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name)) throw new Error('must be the name of a host, in lower case')
  return name
}

/** Where metadata comes from, who must have signed it, and how long it is believed. */
export const metadataSettings = {
  metadataFile: {
    name: 'FOBWATCH_METADATA_FILE',
    meaning: 'A file with a blob of the FIDO Metadata Service, read at start and at every refresh.',
    unset: 'none',
    read: (value) => value || undefined,
  } satisfies Setting<string | undefined>,
  metadataUrl: {
    name: 'FOBWATCH_METADATA_URL',
    meaning:
      'Where such a blob is fetched from, at start and at every refresh: https://mds3.fidoalliance.org/ or a mirror.',
    unset: 'none, and nothing is fetched',
    read: readMetadataUrl,
  } satisfies Setting<string | undefined>,
  metadataRoots: {
    name: 'FOBWATCH_METADATA_ROOTS_FILE',
    meaning: 'The certificates, in PEM, under which a blob must be signed.',
    unset: 'GlobalSign Root CA - R3',
    read: readRoots,
  } satisfies Setting<Buffer[]>,
  metadataSigner: {
    name: 'FOBWATCH_METADATA_SIGNER',
    meaning: 'The host whose certificate must have signed a blob.',
    unset: 'mds.fidoalliance.org',
    read: readHostName,
  } satisfies Setting<string>,
  metadataGraceDays: {
    name: 'FOBWATCH_METADATA_GRACE_DAYS',
    meaning: 'For how many days metadata is believed after its next update was due.',
    unset: '14',
    read: wholeNumber(0, 365, 14),
  } satisfies Setting<number>,
  metadataRefreshHours: {
    name: 'FOBWATCH_METADATA_REFRESH_HOURS',
    meaning: 'After how many hours the file and the address are looked at again.',
    unset: '24',
    read: wholeNumber(1, 168, 24),
  } satisfies Setting<number>,
} as const
