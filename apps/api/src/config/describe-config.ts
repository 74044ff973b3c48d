import type { Setting } from './setting.ts'
import { settings } from './settings.ts'

/** docs/configuration.md, generated, so that it cannot differ from what is read. */
export const describeConfig = (): string => {
  const rows = Object.values<Setting<unknown>>(settings).map(
    ({ name, meaning, unset }) => `| \`${name}\` | ${meaning} | ${unset ?? '**must be given**'} |`,
  )
  return [
    '# Configuration',
    '',
    'The service reads its environment once, at start, and names every fault in it. This page is generated from',
    '`apps/api/src/config` by `npm run fobwatch -- describe-configuration`.',
    '',
    '| name | what it means | when not given |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
