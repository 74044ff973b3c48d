-- What the desk finds people by: the words of their name as `folded_name` has them, the staff id and the email address in
-- small letters without accents, with a space before each, so that what begins with something is what has it after a space.
-- The database keeps it: nothing that changes a person can forget it.
ALTER TABLE "person" ADD COLUMN "search_text" TEXT GENERATED ALWAYS AS (
  ' ' || folded_name("given_name" || ' ' || coalesce("middle_names" || ' ', '') || "family_name")
  || ' ' || "staff_id"
  || coalesce(' ' || lower(regexp_replace(normalize("email", NFKD), '[\u0300-\u036f]', '', 'g')), '')
) STORED;
CREATE INDEX "person_search_text_idx" ON "person" USING gin ("search_text" gin_trgm_ops);

-- Lists of people, by name and by when they came; and who is at a place.
CREATE INDEX "person_family_name_given_name_staff_id_idx" ON "person"("family_name", "given_name", "staff_id");
CREATE INDEX "person_created_at_id_idx" ON "person"("created_at", "id");
CREATE INDEX "affiliation_organisation_id_person_id_idx" ON "affiliation"("organisation_id", "person_id");

-- What will end, soonest first. Most has no end, and what is over is not looked for.
CREATE INDEX "assignment_expiring_idx" ON "assignment"("expires_at", "id") WHERE "ended_at" IS NULL AND "expires_at" IS NOT NULL;
CREATE INDEX "invitation_open_idx" ON "invitation"("expires_at", "id") WHERE "spent_at" IS NULL AND "voided_at" IS NULL;

-- Reports of devices. What was never used stands before what was, and what has no end after what has.
CREATE INDEX "authenticator_last_used_idx" ON "authenticator"((coalesce("last_used_at", '-infinity')), "id");
CREATE INDEX "authenticator_expires_idx" ON "authenticator"((coalesce("expires_at", 'infinity')), "id");
CREATE INDEX "authenticator_created_at_id_idx" ON "authenticator"("created_at", "id");

CREATE INDEX "request_raised_at_id_idx" ON "request"("raised_at", "id");
