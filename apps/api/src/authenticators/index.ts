/**
 * Authenticators: what people log in with, from the day it is set up to the day it is removed. `use/` says what one is
 * worth each time, `life/` what becomes of it, `policies/` which rules there are. Owns `authenticator`,
 * `authenticator_policy` and /api/authenticators.
 * Invariant: one credential is one person's, for ever: a removed one is kept, opens nothing, and is never given again.
 * Neighbours: `webauthn` runs the ceremonies, `assurance` judges, `enrolment` adds a person's first; `sessions` looks
 * here whether what opened a session still may.
 */
import type { Transaction } from '#kernel'
import { addAuthenticator } from './add-authenticator.ts'
import { beginAdding, finishAdding } from './add-mine.ts'
import type { Neighbours } from './deps.ts'
import { descriptorsOf, exclusionsOf } from './descriptors.ts'
import {
  listByCommand,
  pauseByCommand,
  pausedByCommand,
  reinstateByCommand,
  revokeByCommand,
  setExpiryByCommand,
} from './life/by-command.ts'
import { expireOverdue } from './life/expire-overdue.ts'
import { findHeld } from './life/find-held.ts'
import { reinstate } from './life/reinstate.ts'
import { rejudge } from './life/rejudge.ts'
import { removeMine } from './life/remove-mine.ts'
import { reportFound, reportLost } from './life/report-lost.ts'
import { holdAllOf, revoke, revokeAllOf } from './life/revoke.ts'
import { setExpiry } from './life/set-expiry.ts'
import { lifeStore } from './life/store.ts'
import { pause, suspend } from './life/suspend.ts'
import { suspendBadModels } from './life/suspend-bad-models.ts'
import { undoAdded } from './life/undo-added.ts'
import { listForDesk, listMine, listOf } from './list-mine.ts'
import { modelNames, modelOf } from './models.ts'
import { renameAuthenticator, renameMine } from './rename.ts'
import { authenticatorRoutes } from './routes.ts'
import { authenticatorStore, type Store } from './store.ts'
import { tellHolder } from './tell-holder.ts'
import { judgeUse, mayGoOn } from './use/judge-use.ts'
import { recordUse } from './use/record-use.ts'
import { type Sought, useStore } from './use/store.ts'
import { waysThatDo } from './use/ways-that-do.ts'

export type { AddAuthenticator } from './add-authenticator.ts'
export { type SeenOf, type TellCeremony, telling } from './ceremonies.ts'
export { authenticatorCommands } from './commands.ts'
export type { HeldRow } from './life/store.ts'
export type { Deed } from './life/suspend.ts'
export { type Asked, asSaid, describeAuthenticator } from './naming.ts'
export { createPolicies, type Policies } from './policies/create-policies.ts'
export type { PolicyOf } from './policies/place.ts'
export { subjectOf } from './policies/subject.ts'
export type { Rename } from './rename.ts'
export { isPlausible } from './rules.ts'
export { isUsable } from './store.ts'
export type { GoesOn } from './use/judge-use.ts'
export type { Credential, Found, Use } from './use/store.ts'
export type { AskedOfWays, WayThatDoes } from './use/ways-that-do.ts'

/** Opens the room. */
export const createAuthenticators = (outer: Neighbours & { store: Store }) => {
  const store = { ...authenticatorStore(outer.store), ...useStore(outer.store), ...lifeStore(outer.store) }
  const deps = { ...outer, store }
  return {
    addAuthenticator: addAuthenticator(deps),
    renameAuthenticator: renameAuthenticator(deps),
    /** A credential whatever has become of it, with the rules for who holds it and for the application that asks. */
    findCredential: (credentialId: Buffer, sought: Sought) =>
      deps.store.findCredential(credentialId, sought, deps.now()),
    /** Whose a credential is or was, for the audit of what was refused. */
    findOwner: deps.store.findOwner,
    judgeUse: judgeUse(deps),
    mayGoOn: mayGoOn(deps),
    waysThatDo: waysThatDo(deps),
    /** What its person calls one, removed ones too. */
    nameOf: async (id: string) => (await deps.store.told(id))?.name ?? null,
    recordUse: recordUse(deps),
    /** Notes a use by one compare-and-set on the counter, in one step with what it was for, which is not done without it. */
    recordUseOrStop: deps.store.recordUseOrStop,
    descriptorsOf: descriptorsOf(deps),
    exclusionsOf: exclusionsOf(deps),
    /** The highest level that a person can reach with what they have. */
    reachableLevel: (personId: string) => deps.store.highestLevelOf(personId, deps.now()),
    suspend: suspend(deps),
    pause: pause(deps),
    /** One of a person's, all of theirs locked until the transaction ends. @throws Refusal `not_found` */
    findHeld: (tx: Transaction, held: { id: string; personId: string }) => findHeld(deps, tx, held),
    reinstate: reinstate(deps),
    revoke: revoke(deps),
    holdAllOf: holdAllOf(deps),
    revokeAllOf: revokeAllOf(deps),
    /** Takes out of somebody's authenticators what people wrote; the keys stay, so that none is ever given to another. */
    forgetWords: deps.store.forgetWords,
    undoAdded: undoAdded(deps),
    setExpiry: setExpiry(deps),
    listByCommand: listByCommand(deps),
    pausedByCommand: pausedByCommand(deps),
    pauseByCommand: pauseByCommand(deps),
    reinstateByCommand: reinstateByCommand(deps),
    revokeByCommand: revokeByCommand(deps),
    setExpiryByCommand: setExpiryByCommand(deps),
    expireOverdue: expireOverdue(deps),
    suspendBadModels: suspendBadModels(deps),
    rejudge: rejudge(deps),
    listOf: listOf(deps),
    listForDesk: listForDesk(deps),
    /** What people call a model, where it is known. */
    modelNameOf: (aaguid: string) => modelOf(aaguid)?.name ?? deps.modelOf(aaguid)?.name ?? null,
    /** The AAGUID and the name of every model that is known. */
    modelNames: () => new Map([...deps.modelNames(), ...modelNames()]),
    tellHolder: tellHolder(deps),
    routes: authenticatorRoutes({
      listMine: listMine(deps),
      beginAdding: beginAdding(deps),
      finishAdding: finishAdding(deps),
      renameMine: renameMine(deps),
      removeMine: removeMine(deps),
      reportLost: reportLost(deps),
      reportFound: reportFound(deps),
    }),
  }
}

export type Authenticators = ReturnType<typeof createAuthenticators>
