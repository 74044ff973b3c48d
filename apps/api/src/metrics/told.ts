/** What rooms tell of as it happens. Each costs a few microseconds at most. */
export interface Told {
  /** A device's answer was judged. */
  ceremony: (ended: {
    ceremony: string
    outcome: string
    kind?: string
    /** Of the check, and of the proof of identity, where the answer logged somebody in. */
    level?: number
    identityLevel?: number
  }) => void
  /** @param route the pattern that was registered, never what was asked for */
  answered: (method: string, route: string | undefined, status: number, seconds: number) => void
  refused: (code: string) => void
  shed: () => void
  statementFailed: (kind: 'unavailable' | 'conflict' | 'fault') => void
  jobsPlanned: (jobs: readonly { name: string; everySeconds: number }[]) => void
  jobRan: (run: { job: string; outcome: 'done' | 'failed' | 'left'; begun: Date; seconds: number }) => void
  undelivered: (kind: string, isFinal: boolean) => void
  damaged: () => void
}

const nothing = (): void => {}

/** For a service that nobody counts. */
export const untold: Told = {
  ceremony: nothing,
  answered: nothing,
  refused: nothing,
  shed: nothing,
  statementFailed: nothing,
  jobsPlanned: nothing,
  jobRan: nothing,
  undelivered: nothing,
  damaged: nothing,
}
