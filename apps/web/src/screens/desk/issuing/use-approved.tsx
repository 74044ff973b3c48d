import type { AskedInvitation } from '@fobwatch/contracts'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { channelWords, deviceWords, howWords } from '../../../words/issuing.ts'

interface Props {
  name: string
  /** The id of the request. */
  request: string
  busy: boolean
  back: string
  onUse: (asked: AskedInvitation) => unknown
}

const rowsOf = ({ channel = 'link', device, how, byMail }: AskedInvitation) => [
  { key: 'What', value: byMail ? `${channelWords[channel]} by email` : channelWords[channel] },
  { key: 'Device', value: device ? deviceWords[device] : 'Whatever they have' },
  { key: 'How they set it up', value: howWords[how] },
]

/** What a second person agreed to, made by whoever asked for it: that, and nothing else. */
export const UseApproved = ({ name, request, busy, back, onUse }: Props) => {
  const found = useFetched(request, () => call('GET /api/desk/requests/:id', { id: request }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  const { state, decidedBy } = found.value
  const asked = found.value.asked as unknown as AskedInvitation // as this page asked for it
  if (state !== 'approved')
    return (
      <Page title={state === 'open' ? 'Nobody has agreed yet' : 'This request is closed'}>
        <p>
          {state === 'open'
            ? `Somebody else at the desk must agree before you can make this for ${name}.`
            : 'It was used, not agreed to, or has run out.'}
        </p>
        <Button kind="secondary" onPress={found.reload}>
          Look again
        </Button>
        <LineLink href="/desk/requests">See all requests</LineLink>
        <LineLink href={back}>Go back to {name}</LineLink>
      </Page>
    )
  return (
    <Page title={`Make it for ${name}`}>
      <p>{decidedBy ?? 'Whoever runs this service'} agreed to it.</p>
      <SummaryList rows={rowsOf(asked)} />
      <Button busy={busy} onPress={() => onUse(asked)}>
        Make it now
      </Button>
      <LineLink href={back}>Go back without making it</LineLink>
    </Page>
  )
}
