-- When a person last worked in a role, once the session that said so is forgotten.
CREATE TABLE "role_use" (
    "person_id" UUID NOT NULL,
    "assignment_id" CHAR(12) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "role_use_pkey" PRIMARY KEY ("person_id", "assignment_id")
);

ALTER TABLE "role_use" ADD CONSTRAINT "role_use_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "role_use" ADD CONSTRAINT "role_use_assignment_id_fkey" FOREIGN KEY ("assignment_id") REFERENCES "assignment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
