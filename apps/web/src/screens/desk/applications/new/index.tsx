import { useState } from 'preact/hooks'
import { Redirect, Route, Switch, useLocation } from 'wouter-preact'
import { call } from '../../../../api.ts'
import { Loading } from '../../../../parts/loading.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import { useFetched } from '../../../../parts/use-fetched.ts'
import { type Draft, fields, isField } from '../../../../words/applications/fields.ts'
import { NotFound } from '../../../not-found/index.tsx'
import { Answers } from './answers.tsx'
import { KindPage } from './kind.tsx'
import { answers, firstStep, home, hrefAfter, stepAt } from './steps.ts'
import { WritePage } from './write-page.tsx'

const empty: Draft = { id: '', name: '', metadata: {}, apis: [] }

/** Adds an application, one question a page. What was written is kept while these pages are open. */
export const NewApplication = () => {
  const [draft, setDraft] = useState(empty)
  const [, navigate] = useLocation()
  const found = useFetched('apis', async () => (await call('GET /api/desk/apis', {})).apis)
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  const apis = found.value
  const goOn = (href: (next: Draft) => string) => (next: Draft) => {
    setDraft(next)
    navigate(href(next))
  }
  return (
    <Switch>
      <Route path={home}>
        <Redirect to={firstStep} replace />
      </Route>
      <Route path={answers}>
        <Answers draft={draft} apis={apis} />
      </Route>
      <Route path={`${home}/kind`}>
        <KindPage draft={draft} onWritten={goOn((next) => hrefAfter('kind', next))} />
      </Route>
      <Route path={`${home}/change/:field`}>
        {({ field }) =>
          isField(field) ? (
            <WritePage
              key={field}
              title={fields[field].label}
              fields={[field]}
              {...{ draft, apis }}
              onWritten={goOn(() => answers)}
            />
          ) : (
            <NotFound />
          )
        }
      </Route>
      <Route path={`${home}/:step`}>
        {({ step: path }) => {
          const step = stepAt(path)
          if (!step) return <NotFound />
          return (
            <WritePage
              key={path}
              title={step.title}
              fields={step.fields}
              {...{ draft, apis }}
              onWritten={goOn((next) => hrefAfter(path, next))}
            />
          )
        }}
      </Route>
      <Route component={NotFound} />
    </Switch>
  )
}
