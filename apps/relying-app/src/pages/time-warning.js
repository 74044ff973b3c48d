// Asks, two minutes before the session ends, whether more time is needed. The server is asked first: the session may
// have been kept awake in another tab. Speaks at 2 minutes, 1 minute and 20 seconds, and not in between.
// Whoever logs out elsewhere leaves no patient on a screen: the server is asked once a minute, and when somebody comes back.

const WARNING_SECONDS = 120
const ASK_AGAIN_MS = 60_000
const SPOKEN = [
  [20, '20 seconds'],
  [60, '1 minute'],
  [120, '2 minutes'],
]
/** Keys by which the buttons are reached and pressed, and the one that cancels. Any other says that somebody is there. */
const KEYS_ELSEWHERE = ['Tab', 'Shift', 'Enter', ' ', 'Escape']

const dialog = document.querySelector('#time-warning')
const left = document.querySelector('#time-warning-left')
let endsAt = Date.now() + 15 * 60_000
let askedAt = Date.now()
let isAsking = false

const secondsLeft = () => Math.ceil((endsAt - Date.now()) / 1000)

const ask = async (method) => {
  askedAt = Date.now()
  const response = await fetch('/session', { method })
  const answer = await response.json()
  endsAt = Date.now() + answer.secondsLeft * 1000
}

const stay = async () => {
  try {
    await ask('POST')
    dialog.close()
    if (secondsLeft() <= 0) location.reload()
  } catch {
    left.textContent = 'We cannot reach the ward list. Check wifi or signal, then try again.'
  }
}

const tellTheTime = () => {
  const [, words] = SPOKEN.find(([seconds]) => secondsLeft() <= seconds) ?? []
  const sentence = `You will be logged out in ${words}.`
  if (words && left.textContent !== sentence) left.textContent = sentence
}

const look = async () => {
  const isFine = secondsLeft() > WARNING_SECONDS && Date.now() - askedAt < ASK_AGAIN_MS
  if (isFine || isAsking) return
  if (dialog.open && secondsLeft() > 0) return tellTheTime()

  isAsking = true
  await ask('GET').catch(() => {})
  isAsking = false
  if (secondsLeft() <= 0) return location.reload()
  if (secondsLeft() > WARNING_SECONDS) return dialog.close()
  if (!dialog.open) dialog.showModal()
  tellTheTime()
}

document.querySelector('#time-warning-stay').addEventListener('click', stay)
dialog.addEventListener('cancel', (event) => {
  event.preventDefault()
  void stay()
})
dialog.addEventListener('keydown', ({ key }) => {
  if (!KEYS_ELSEWHERE.includes(key)) void stay()
})
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return
  askedAt = 0
  void look()
})
setInterval(look, 1000)
