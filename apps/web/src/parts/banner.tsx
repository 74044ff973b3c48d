import { useEffect } from 'preact/hooks'
import { announce } from './announcer.tsx'

/** What has just been done, above the H1. The H1 takes focus, so the live region says this. */
export const SuccessBanner = ({ text }: { text: string | undefined }) => {
  useEffect(() => {
    if (text) announce(text)
  }, [text])
  if (!text) return null
  return (
    <section class="nhsuk-notification-banner nhsuk-notification-banner--success" aria-labelledby="banner-title">
      <div class="nhsuk-notification-banner__header">
        <h2 class="nhsuk-notification-banner__title" id="banner-title">
          Success
        </h2>
      </div>
      <div class="nhsuk-notification-banner__content">
        <p class="nhsuk-notification-banner__heading">{text}</p>
      </div>
    </section>
  )
}
