/** How a test of the suite stands. */
export interface Standing {
  status: 'NOT_YET_CREATED' | 'CREATED' | 'CONFIGURED' | 'RUNNING' | 'WAITING' | 'FINISHED' | 'INTERRUPTED' | 'UNKNOWN'
  result: 'PASSED' | 'FAILED' | 'WARNING' | 'REVIEW' | 'SKIPPED' | 'UNKNOWN' | null | undefined
}

/** A line of a test's log. */
export interface LogLine {
  src?: string
  msg?: string
  result?: string
  /** Milliseconds. */
  time: number
  /** Names a picture that the suite waits for. */
  upload?: string
  requirements?: string[]
  [more: string]: unknown
}

/** A page that the suite wants a browser to open. */
export interface Visit {
  url: string
  method: string
}

/** A test of a plan, with the variants that the plan itself fixes. */
export interface PlannedModule {
  testModule: string
  testSummary?: string
  variant: Record<string, string>
}

/** The suite's own API, as its pages use it. */
export const suiteApi = (port: number) => {
  const call = async <T>(path: string, body?: { type: string; text: string }): Promise<T> => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/${path}`, {
      headers: { 'x-forwarded-proto': 'https', 'content-type': body?.type ?? 'application/json' },
      ...(body && { method: 'POST', body: body.text }),
    })
    const said = await answer.text()
    if (!answer.ok) throw new Error(`The suite answered ${answer.status} to ${path}: ${said.slice(0, 500)}`)
    return (said ? JSON.parse(said) : undefined) as T
  }
  const post = <T>(path: string, text = '', type = 'application/json') => call<T>(path, { type, text })

  return {
    version: () => call<{ version: string; revision: string }>('server'),
    createPlan: (planName: string, variant: Record<string, string>, config: object) =>
      post<{ id: string; modules: PlannedModule[] }>(
        `plan?${new URLSearchParams({ planName, variant: JSON.stringify(variant) })}`,
        JSON.stringify(config),
      ),
    createTest: (plan: string, { testModule, variant }: PlannedModule) =>
      post<{ id: string }>(
        `runner?${new URLSearchParams({ test: testModule, plan, variant: JSON.stringify(variant ?? {}) })}`,
      ),
    start: (id: string) => post<unknown>(`runner/${id}`),
    standing: (id: string) => call<Standing>(`info/${id}`),
    log: (id: string) => call<LogLine[]>(`log/${id}`),
    visits: async (id: string): Promise<Visit[]> =>
      (await call<{ browser?: { urlsWithMethod?: Visit[] } }>(`runner/${id}`)).browser?.urlsWithMethod ?? [],
    markVisited: (id: string, url: string) =>
      post<unknown>(`runner/browser/${id}/visit?${new URLSearchParams({ url })}`),
    upload: (id: string, placeholder: string, png: Buffer) =>
      post<unknown>(
        `log/${id}/images/${placeholder}`,
        `data:image/png;base64,${png.toString('base64')}`,
        'text/plain;charset=UTF-8',
      ),
  }
}

export type Suite = ReturnType<typeof suiteApi>
