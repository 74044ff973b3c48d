import { isUnsafe } from '../statuses.ts'
import { believedUntil, certificationOf, type Metadata, type Model, statusesOf } from './model.ts'

/** What people and policies are told of a model. */
export interface ModelFacts {
  name: string
  /** A data URL of a PNG. */
  icon: string | null
  /** Whether its maker signs for it by certificates. */
  certified: boolean
  statuses: string[]
  certification: ReturnType<typeof certificationOf>
}

/** What some metadata says at a time; nothing, where there is none. */
export const metadataAt = (metadata: Metadata | undefined, graceDays: number, time: Date) => {
  const isCurrent = metadata !== undefined && time <= believedUntil(metadata, graceDays)
  return {
    isCurrent,
    /** The model of an AAGUID, while metadata is current. */
    trustedModel: (aaguid: string): Model | undefined => (isCurrent ? metadata.models.get(aaguid) : undefined),
    /** What is known of a model, however old. */
    modelOf: (aaguid: string): ModelFacts | undefined => {
      const model = metadata?.models.get(aaguid)
      if (!model) return undefined
      const statuses = statusesOf(model, time)
      const { name, icon, roots } = model
      return { name, icon, certified: roots.length > 0, statuses, certification: certificationOf(statuses) }
    },
    /** The AAGUIDs of models that must not be used any more, however old the news. */
    badModels: (): string[] =>
      [...(metadata?.models ?? [])].filter(([, model]) => isUnsafe(statusesOf(model, time))).map(([aaguid]) => aaguid),
  }
}
