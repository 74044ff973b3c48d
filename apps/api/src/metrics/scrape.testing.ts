import assert from 'node:assert/strict'

/** One value of a scrape. */
export interface Sample {
  name: string
  labels: Readonly<Record<string, string>>
  value: number
}

const sampleLine = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/
const labelPair = /^([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/

const labelsIn = (text: string): Record<string, string> => {
  const labels: Record<string, string> = {}
  for (let rest = text; rest; ) {
    const pair = labelPair.exec(rest)
    assert.ok(pair, `no label: ${rest}`)
    labels[pair[1] ?? ''] = pair[2] ?? ''
    rest = rest.slice(pair[0].length)
  }
  return labels
}

const numberIn = (text: string): number => {
  if (text === '+Inf') return Number.POSITIVE_INFINITY
  const value = Number(text)
  // Prometheus reads it in any case.
  assert.ok(/^nan$/i.test(text) || !Number.isNaN(value), `no number: ${text}`)
  return value
}

/** Reads every line of a scrape by the text format 0.0.4, and takes none that is not of it. */
export const readScrape = (text: string): Sample[] => {
  assert.ok(text.endsWith('\n'))
  const typed = new Set<string>()
  return text.split('\n').flatMap((line): Sample[] => {
    if (line === '') return []
    const type = /^# TYPE (\S+) (counter|gauge|histogram|summary)$/.exec(line)
    if (type) {
      assert.ok(!typed.has(type[1] ?? ''), `two families: ${line}`)
      typed.add(type[1] ?? '')
    }
    if (line.startsWith('# ')) {
      assert.match(line, /^# (TYPE|HELP) [a-zA-Z_:][\w:]* /)
      return []
    }
    const sample = sampleLine.exec(line)
    assert.ok(sample, `no sample: ${line}`)
    const name = sample[1] ?? ''
    assert.ok(typed.has(name) || typed.has(name.replace(/_(bucket|sum|count)$/, '')), `no type: ${line}`)
    return [{ name, labels: labelsIn(sample[2] ?? ''), value: numberIn(sample[3] ?? '') }]
  })
}

/** The values of a metric whose labels are among others these; undefined where there is none. */
export const valueIn = (samples: readonly Sample[], name: string, labels: Record<string, string> = {}) => {
  const found = samples.filter(
    (sample) =>
      sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )
  return found.length > 0 ? found.reduce((sum, { value }) => sum + value, 0) : undefined
}
