import type { Assurance } from '#assurance'
import type { AuditChain } from '#audit'
import type { Authenticators } from '#authenticators'
import type { Config } from '#config'
import type { Enrolment } from '#enrolment'
import type { Job, Outbox } from '#jobs'
import type { Now } from '#kernel'
import type { Keys } from '#keys'
import type { Limits } from '#limits'
import type { Oidc } from '#oidc'
import type { RegistrationAuthority } from '#registration-authority'
import type { Sessions } from '#sessions'
import type { Webauthn } from '#webauthn'

interface Doers {
  assurance: Pick<Assurance, 'refreshMetadata' | 'lookForMetadata'>
  auditChain: Pick<AuditChain, 'seal' | 'sealOvertaken' | 'checkPart'>
  authenticators: Pick<Authenticators, 'suspendBadModels' | 'rejudge' | 'expireOverdue'>
  config: Pick<Config, 'metadataRefreshHours'>
  enrolment: Pick<Enrolment, 'forgetTries'>
  keys: Pick<Keys, 'look' | 'rotateDue'>
  limits: Limits
  now: Now
  oidc: Pick<Oidc, 'forgetExpired'>
  outbox: Pick<Outbox, 'beginDelivering' | 'forgetOld'>
  registrationAuthority: Pick<RegistrationAuthority, 'countSignInDays'>
  sessions: Pick<Sessions, 'endOverdue' | 'forgetEnded'>
  webauthn: Pick<Webauthn, 'forgetExpired'>
}

/** All that the service does by itself, and how often. */
export const scheduled = ({
  assurance,
  auditChain,
  authenticators,
  config,
  enrolment,
  keys,
  limits,
  now,
  oidc,
  outbox,
  registrationAuthority,
  sessions,
  webauthn,
}: Doers): Job[] => [
  { name: 'forget challenges', everySeconds: 60, run: () => webauthn.forgetExpired(now()) },
  {
    name: 'refresh metadata',
    everySeconds: config.metadataRefreshHours * 3600,
    atStart: true,
    once: true,
    run: () => assurance.refreshMetadata().finally(authenticators.suspendBadModels),
  },
  { name: 'look for metadata', everySeconds: 30, forItself: true, run: assurance.lookForMetadata },
  { name: 'suspend bad models', everySeconds: 60, run: authenticators.suspendBadModels },
  { name: 'judge by new metadata', everySeconds: 60, run: authenticators.rejudge },
  { name: 'forget wrong codes', everySeconds: 60, run: enrolment.forgetTries },
  { name: 'forget what was counted', everySeconds: 60, run: limits.forget },
  { name: 'share what was spent', everySeconds: 1, forItself: true, run: limits.floods.share },
  { name: 'expire authenticators', everySeconds: 60, run: authenticators.expireOverdue },
  { name: 'forget codes and tokens', everySeconds: 60, run: () => oidc.forgetExpired(now()) },
  { name: 'end sessions in time', everySeconds: 10, run: sessions.endOverdue },
  { name: 'forget sessions', everySeconds: 60, run: () => sessions.forgetEnded() },
  { name: 'look for signing keys', everySeconds: 5, forItself: true, run: keys.look },
  { name: 'rotate signing keys', everySeconds: 60, atStart: true, run: keys.rotateDue },
  { name: 'seal the audit log', everySeconds: 1, everywhere: true, run: auditChain.seal },
  {
    name: 'seal what was overtaken',
    everySeconds: 3600,
    atStart: true,
    once: true,
    run: auditChain.sealOvertaken,
  },
  { name: 'check the audit log', everySeconds: 60, once: true, run: auditChain.checkPart },
  {
    name: 'count sign-ins',
    everySeconds: 600,
    atStart: true,
    once: true,
    run: registrationAuthority.countSignInDays,
  },
  { name: 'deliver facts', everySeconds: 1, everywhere: true, run: outbox.beginDelivering },
  { name: 'forget facts', everySeconds: 600, run: outbox.forgetOld },
]
