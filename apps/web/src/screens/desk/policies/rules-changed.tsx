import { Button } from '../../../parts/buttons.tsx'
import { Page } from '../../../parts/page.tsx'

/** Somebody was faster. */
export const RulesChanged = ({ onLook }: { onLook: () => void }) => (
  <Page title="Somebody else changed these rules">
    <p>They did it while you were looking. What you chose is not saved.</p>
    <p>Look at the rules again, then choose again.</p>
    <Button onPress={onLook}>Look again</Button>
  </Page>
)
