import {
  FindModels,
  FoundModels,
  PolicyAtPlace,
  PolicyList,
  PolicyPlace,
  PolicyPreview,
  PreviewPolicy,
  SavedPolicy,
  SavePolicy,
} from '@fobwatch/contracts'
import { type Route, route } from '#http'
import type { Deps } from '../deps.ts'
import { findModels } from './find-models.ts'
import { previewPolicy } from './preview-policy.ts'
import { savePolicy } from './save-policy.ts'
import { showPlace } from './show-place.ts'
import { showPolicies } from './show-policies.ts'

/** The desk's routes to the rules of what may be used to log in. */
export const policyRoutes = (deps: Deps): Route[] => [
  route(
    'GET /api/desk/policies',
    'desk:set-policy',
    { summary: 'Show the rules of what may be used to log in.', response: PolicyList },
    showPolicies(deps),
  ),
  route(
    'GET /api/desk/models',
    'desk:set-policy',
    { summary: 'Find models of devices by name.', querystring: FindModels, response: FoundModels },
    findModels(deps),
  ),
  route(
    'POST /api/desk/policies/preview',
    'desk:set-policy',
    { summary: 'Say whom a rule would lock out.', body: PreviewPolicy, response: PolicyPreview },
    previewPolicy(deps),
  ),
  route(
    'GET /api/desk/policies/:scope/:id',
    'desk:set-policy',
    {
      summary: 'Show the rules of one place, and what else holds there.',
      params: PolicyPlace,
      response: PolicyAtPlace,
    },
    showPlace(deps),
  ),
  route(
    'PUT /api/desk/policies/:scope/:id',
    'fresh desk:set-policy',
    {
      summary: 'Change a rule. What it locks out must be acknowledged, as the preview said it.',
      params: PolicyPlace,
      body: SavePolicy,
      response: SavedPolicy,
    },
    savePolicy(deps),
  ),
]
