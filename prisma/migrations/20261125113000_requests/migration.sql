-- What somebody asks a second person for: at the desk, some deeds take two.
CREATE TABLE "request" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "organisation_id" UUID,
    "person_id" UUID,
    "duty_code" TEXT,
    "asked" JSONB NOT NULL,
    "note" TEXT,
    "raised_by" UUID NOT NULL,
    "raised_with" UUID NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "held_by" UUID,
    "held_until" TIMESTAMPTZ(3),
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decided_because" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    CONSTRAINT "request_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "request_status_expires_at_id_idx" ON "request"("status", "expires_at", "id");
CREATE INDEX "request_closed_at_id_idx" ON "request"("closed_at", "id");
CREATE INDEX "request_raised_by_idx" ON "request"("raised_by");
CREATE INDEX "request_person_id_idx" ON "request"("person_id");

ALTER TABLE "request" ADD CONSTRAINT "request_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "request" ADD CONSTRAINT "request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "request" ADD CONSTRAINT "request_raised_by_fkey" FOREIGN KEY ("raised_by") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "request" ADD CONSTRAINT "request_raised_with_fkey" FOREIGN KEY ("raised_with") REFERENCES "authenticator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Prisma has no words for these. Nobody decides what they raised themselves, or what is about them: not even here.
ALTER TABLE "request" ADD CONSTRAINT "request_status" CHECK ("status" IN ('open', 'approved', 'done', 'rejected', 'withdrawn', 'cancelled', 'expired'));
ALTER TABLE "request" ADD CONSTRAINT "request_held" CHECK (("held_by" IS NULL) = ("held_until" IS NULL));
ALTER TABLE "request" ADD CONSTRAINT "request_second_person" CHECK ("decided_by" IS DISTINCT FROM "raised_by" AND ("decided_by" IS NULL OR "decided_by" IS DISTINCT FROM "person_id"));
ALTER TABLE "request" ADD CONSTRAINT "request_closed" CHECK (("closed_at" IS NULL) = ("status" IN ('open', 'approved')));
