-- What an HR system calls the people of its organisation, and says of their work. The rest of what it says is the person's.
CREATE TABLE "fed_person" (
    "organisation_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "user_name" TEXT,
    "employee_number" TEXT,
    "department" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fed_person_pkey" PRIMARY KEY ("organisation_id","person_id")
);
CREATE INDEX "fed_person_person_id_idx" ON "fed_person"("person_id");
-- RFC 7643 §4.1.1: of several who differ in capitals alone, one has it.
CREATE UNIQUE INDEX "fed_person_user_name_key" ON "fed_person"("organisation_id", lower("user_name"));
ALTER TABLE "fed_person" ADD CONSTRAINT "fed_person_organisation_id_fkey"
  FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "fed_person" ADD CONSTRAINT "fed_person_person_id_fkey"
  FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
