// Asks, two minutes before the session ends, whether more time is needed. The server is asked first: the session may
// have been kept awake in another tab. Speaks at 2 minutes, 1 minute and 20 seconds, and not in between.

const WARNING_SECONDS = 120
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
let isAsking = false

const secondsLeft = () => Math.ceil((endsAt - Date.now()) / 1000)

const ask = async (method) => {
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
  if (secondsLeft() > WARNING_SECONDS || isAsking) return
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
setInterval(look, 1000)
