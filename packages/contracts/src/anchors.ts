import { type Static, Type } from 'typebox'
import { closed, LineOfText, Moment, Uuid } from './common.ts'

const Platform = Type.Union([Type.Literal('ios'), Type.Null()])
const Organisation = Type.Union([Type.Object({ code: Type.String(), name: Type.String() }, closed), Type.Null()], {
  description: 'Whose people it counts for, and those below; null for everyone.',
})

/** A certificate that is trusted to vouch for devices. */
export const DeskAnchor = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    organisation: Organisation,
    hardware: Type.Boolean({ description: 'Whether what it certifies keeps its keys in hardware.' }),
    platform: Platform,
    subject: Type.String({ description: 'Whom the certificate names.' }),
    validUntil: Moment,
    addedAt: Moment,
    mayRemove: Type.Boolean(),
  },
  { ...closed, title: 'Anchor' },
)
export type DeskAnchor = Static<typeof DeskAnchor>

export const AnchorList = Type.Object({ anchors: Type.Array(DeskAnchor) }, closed)
export type AnchorList = Static<typeof AnchorList>

export const AddAnchor = Type.Object(
  {
    name: LineOfText(80),
    certificate: Type.String({ maxLength: 20_000, description: 'One certificate, in PEM.' }),
    organisation: Type.Union([Type.String({ pattern: '^[\\x21-\\x7e]+$', maxLength: 200 }), Type.Null()], {
      description: 'The code of the organisation whose people it counts for; null for everyone.',
    }),
    hardware: Type.Boolean(),
    platform: Platform,
  },
  { ...closed, title: 'AddAnchor' },
)
export type AddAnchor = Static<typeof AddAnchor>

export const AddedAnchor = Type.Object({ id: Uuid }, closed)
export type AddedAnchor = Static<typeof AddedAnchor>

export const AnchorParams = Type.Object({ id: Uuid }, closed)
