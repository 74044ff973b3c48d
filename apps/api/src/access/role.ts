/** A code with the name that people read. */
export interface Named {
  code: string
  name: string
}

/** A person at an organisation in a position with a job role: what an application learns about. */
export interface Role {
  personId: string
  /** 12 digits: the person at the organisation. */
  personOrgId: string
  /** 12 digits: the person at the organisation in this position. */
  personRoleId: string
  organisation: Named
  /** Name of the position, such as "Nurse, Ward 7". */
  position: string
  /** `S8000:G8000:R8001`, and the quoted form of its name. */
  role: Named & { plainName: string }
  /** Activities that the position adds. */
  granted: Named[]
  /** The job role's baseline and what was granted, closed under inclusion; by code. */
  effective: Named[]
  workgroups: Named[]
  areaOfWork: Named | null
}
