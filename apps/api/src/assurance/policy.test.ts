import { describe, it } from 'node:test'
import { policyBranches } from './policy.testing.ts'
import * as policies from './policy.ts'
import { policyProperties } from './policy-order.testing.ts'

describe('a policy', () => {
  for (const [says, check] of Object.entries(policyBranches)) it(says, () => check(policies))
})

describe('the order of policies', () => {
  for (const [says, check] of Object.entries(policyProperties)) it(says, () => check(policies))
})
