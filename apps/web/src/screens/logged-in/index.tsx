import type { MySession } from '@fobwatch/contracts'
import { useRef, useState } from 'preact/hooks'
import { call } from '../../api.ts'
import { SuccessBanner } from '../../parts/banner.tsx'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page } from '../../parts/page.tsx'
import { PlaceCard } from '../../parts/place-card.tsx'
import { SignedIn } from '../../parts/signed-in.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { type Task, useTask } from '../../parts/use-task.ts'
import { momentWords } from '../../words/dates.ts'

const listPlaces = async () => (await call('GET /api/sessions', {})).sessions

interface Props {
  places: readonly MySession[]
  done: string | undefined
  task: Task
  onEnd: (place: MySession) => unknown
  onEndOthers: () => unknown
}

const EndButton = ({ place, busy, onPress }: { place: MySession; busy: boolean; onPress: () => unknown }) => (
  <Button kind="secondary" busy={busy} onPress={onPress}>
    Log out there
    <span class="nhsuk-u-visually-hidden">
      {' '}
      ({place.device}, since {momentWords(place.since)})
    </span>
  </Button>
)

const PlaceList = ({ places, done, task, onEnd, onEndOthers }: Props) => {
  const others = places.filter(({ here }) => !here)
  return (
    <Page title="Where you are logged in" before={<SuccessBanner text={done} />}>
      {others.length === 0 ? (
        <p>You are logged in here and nowhere else.</p>
      ) : (
        <p>
          If one of these is not you, log out there. Then select “Your ways to log in”, and report what it was logged in
          with as lost.
        </p>
      )}
      {places.map((place) => (
        <PlaceCard
          key={place.id}
          place={place}
          here={place.here}
          action={!place.here && <EndButton place={place} busy={task.busy} onPress={() => onEnd(place)} />}
        />
      ))}
      {others.length > 0 && (
        <Button kind="warning" busy={task.busy} onPress={onEndOthers}>
          Log out everywhere else
        </Button>
      )}
      <p>Applications that cannot be told at once log out by themselves after a while.</p>
      <LineLink href="/ways">Your ways to log in</LineLink>
      <LineLink href="/">Go back</LineLink>
    </Page>
  )
}

const MyPlaces = () => {
  const places = useFetched('places', listPlaces)
  const task = useTask()
  const [done, setDone] = useState<string>()
  const page = useRef<HTMLDivElement>(null)

  // The button that was pressed goes with its place, so that focus goes to the top.
  const finish = (message: string) => {
    setDone(message)
    places.reload()
    page.current?.querySelector('h1')?.focus()
  }
  const end = ({ id, device }: MySession) =>
    task.run(async () => {
      await call('DELETE /api/sessions/:id', { id })
      finish(`You are logged out of ${device}.`)
    })
  const endOthers = () =>
    task.run(async () => {
      await call('DELETE /api/sessions', {})
      finish('You are logged out everywhere else.')
    })

  const trouble = places.trouble ?? task.trouble
  const retry = () => {
    task.clear()
    places.reload()
  }
  if (trouble) return <TroublePage trouble={trouble} onRetry={retry} />
  if (!places.value) return <Loading />
  return (
    <div ref={page}>
      <PlaceList places={places.value} done={done} task={task} onEnd={end} onEndOthers={endOthers} />
    </div>
  )
}

/** Where a person is logged in: this place first, and the end of each. */
export const LoggedIn = () => <SignedIn>{() => <MyPlaces />}</SignedIn>
