import { describe, it } from 'node:test'
import { acrChecks } from './acr.testing.ts'
import * as acr from './acr.ts'

describe('acr', () => {
  for (const [says, check] of Object.entries(acrChecks)) it(says, () => check(acr))
})
