import { render } from 'preact'
import { App } from './app.tsx'

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no #app')
// A page that a browser kept as it was left may be another person's by now, or have a challenge that is spent.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload()
})
render(<App />, root)
