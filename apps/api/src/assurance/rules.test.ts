import { describe, it } from 'node:test'
import { branches } from './rules.testing.ts'
import * as rules from './rules.ts'
import { properties } from './rules-order.testing.ts'

describe('how sure evidence makes us', () => {
  for (const [says, check] of Object.entries(branches)) it(says, () => check(rules))
})

describe('the order of evidence', () => {
  for (const [says, check] of Object.entries(properties)) it(says, () => check(rules))
})
