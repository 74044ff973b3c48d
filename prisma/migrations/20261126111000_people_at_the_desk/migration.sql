-- More of a person: what tells two of one name apart, where they are reached, what the HR system calls them, and why their
-- profile is as it is.
ALTER TABLE "person"
  ADD COLUMN "birth_date" DATE,
  ADD COLUMN "phone" TEXT,
  ADD COLUMN "external_id" TEXT,
  ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "status_because" TEXT,
  ADD COLUMN "status_note" TEXT,
  ADD COLUMN "status_by" UUID,
  ADD COLUMN "status_at" TIMESTAMPTZ(3),
  ADD COLUMN "erased_at" TIMESTAMPTZ(3);
UPDATE "person" SET "updated_at" = "created_at";
CREATE UNIQUE INDEX "person_external_id_key" ON "person"("external_id");
CREATE INDEX "person_birth_date_idx" ON "person"("birth_date");
-- Nobody who may still log in is erased.
ALTER TABLE "person" ADD CONSTRAINT "person_erased_at_check" CHECK ("erased_at" IS NULL OR "status" = 'closed');

-- What somebody showed to prove who they are. Of a document's number there are its last three characters, and a keyed hash
-- that finds the same document again.
CREATE TABLE "identity_evidence" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "level" SMALLINT NOT NULL,
    "part" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "number_hash" BYTEA,
    "number_end" TEXT,
    "name_on_document" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "proved_by" UUID,
    "proved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_evidence_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "identity_evidence"
  ADD CONSTRAINT "identity_evidence_part_check" CHECK ("part" IN ('photo', 'address', 'other')),
  ADD CONSTRAINT "identity_evidence_method_check" CHECK ("method" IN ('in-person', 'video')),
  ADD CONSTRAINT "identity_evidence_level_check" CHECK ("level" BETWEEN 1 AND 3);
CREATE INDEX "identity_evidence_person_id_idx" ON "identity_evidence"("person_id");
CREATE INDEX "identity_evidence_number_hash_idx" ON "identity_evidence"("number_hash");
ALTER TABLE "identity_evidence" ADD CONSTRAINT "identity_evidence_person_id_fkey"
  FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Finding people whose name is spelt in another way. Both extensions are PostgreSQL's own, and trusted: whoever owns the
-- database may create them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

-- Small letters without accents, no apostrophes, and a space for each hyphen.
CREATE FUNCTION "folded_name"(name TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN translate(lower(regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]', '', 'g')), '-''’', ' ');

CREATE INDEX "person_name_trgm_idx" ON "person" USING gin (folded_name("given_name" || ' ' || "family_name") gin_trgm_ops);
CREATE INDEX "person_family_sound_idx" ON "person" USING gin (daitch_mokotoff(folded_name("family_name")));
CREATE INDEX "person_email_lower_idx" ON "person" (lower("email"));
CREATE INDEX "professional_membership_body_number_idx" ON "professional_membership"("body", "number");
