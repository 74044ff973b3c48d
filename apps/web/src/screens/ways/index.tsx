import type { Authenticator } from '@fobwatch/contracts'
import type { ComponentChild } from 'preact'
import { useState } from 'preact/hooks'
import { Route, Switch, useLocation } from 'wouter-preact'
import { call } from '../../api.ts'
import { Loading } from '../../parts/loading.tsx'
import { SignedIn } from '../../parts/signed-in.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { NotFound } from '../not-found/index.tsx'
import { AddWay } from './add.tsx'
import { FoundWay } from './found.tsx'
import { WayList } from './list.tsx'
import { LostWay } from './lost.tsx'
import { RemoveWay } from './remove.tsx'
import { RenameWay } from './rename.tsx'

const listWays = async () => (await call('GET /api/authenticators', {})).authenticators

interface OneProps {
  ways: readonly Authenticator[]
  id: string
  children: (way: Authenticator, others: readonly Authenticator[]) => ComponentChild
}

/** One of the ways, with the others that work. */
const One = ({ ways, id, children }: OneProps) => {
  const way = ways.find((each) => each.id === id)
  const others = ways.filter((each) => each !== way && each.status === 'active')
  return <>{way ? children(way, others) : <NotFound />}</>
}

const MyWays = () => {
  const ways = useFetched('ways', listWays)
  const [done, setDone] = useState<string>()
  const [, navigate] = useLocation()
  const finish = (message: string) => {
    setDone(message)
    ways.reload()
    navigate('/ways')
  }

  if (ways.trouble) return <TroublePage trouble={ways.trouble} onRetry={ways.reload} />
  const list = ways.value
  if (!list) return <Loading />
  return (
    <Switch>
      <Route path="/ways">
        <WayList ways={list} done={done} onLeave={() => setDone(undefined)} />
      </Route>
      <Route path="/ways/add">
        <AddWay onDone={finish} />
      </Route>
      <Route path="/ways/:id/name">
        {({ id }) => (
          <One ways={list} id={id}>
            {(way) => <RenameWay way={way} onDone={finish} />}
          </One>
        )}
      </Route>
      <Route path="/ways/:id/remove">
        {({ id }) => (
          <One ways={list} id={id}>
            {(way, others) => <RemoveWay way={way} others={others} onDone={finish} />}
          </One>
        )}
      </Route>
      <Route path="/ways/:id/lost">
        {({ id }) => (
          <One ways={list} id={id}>
            {(way, others) => <LostWay way={way} others={others} onDone={finish} />}
          </One>
        )}
      </Route>
      <Route path="/ways/:id/found">
        {({ id }) => (
          <One ways={list} id={id}>
            {(way) => <FoundWay way={way} onDone={finish} />}
          </One>
        )}
      </Route>
      <Route component={NotFound} />
    </Switch>
  )
}

/** A person's own ways to log in: see them, add, rename, report lost and remove. */
export const Ways = () => <SignedIn>{() => <MyWays />}</SignedIn>
