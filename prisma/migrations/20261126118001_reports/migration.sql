-- How often people logged in on days that are over, by how sure we were and with what: the log has it all, and is too long to
-- be counted whenever somebody asks. Everybody together is counted under the organisation of zeros, and each organisation by
-- the people who came to it first.
CREATE TABLE "sign_in_day" (
    "day" DATE NOT NULL,
    "organisation_id" UUID NOT NULL,
    "level" SMALLINT NOT NULL,
    "kind" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "sign_in_day_pkey" PRIMARY KEY ("organisation_id","day","level","kind")
);
-- The days that were counted, each once.
CREATE TABLE "sign_in_counted" (
    "day" DATE NOT NULL,

    CONSTRAINT "sign_in_counted_pkey" PRIMARY KEY ("day")
);

-- Positions by name, and who is in them by until when; and whom an ID checker proved.
CREATE INDEX "position_name_id_idx" ON "position"("name", "id");
CREATE INDEX "assignment_until_idx" ON "assignment"((coalesce("expires_at", 'infinity')), "id") WHERE "ended_at" IS NULL;
CREATE INDEX "person_identity_proved_by_idx" ON "person"("identity_proved_by");
