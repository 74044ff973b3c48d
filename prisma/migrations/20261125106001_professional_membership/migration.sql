-- Numbers that people have of the bodies that regulate or represent their profession, and of the lists that they are on.
CREATE TABLE "professional_membership" (
    "person_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "professional_membership_pkey" PRIMARY KEY ("person_id","body")
);
ALTER TABLE "professional_membership" ADD CONSTRAINT "professional_membership_body_check"
  CHECK ("body" IN ('gmc', 'gdc', 'nmc', 'gphc', 'rcn', 'gmp', 'gdp', 'consultant'));
ALTER TABLE "professional_membership" ADD CONSTRAINT "professional_membership_person_id_fkey"
  FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
