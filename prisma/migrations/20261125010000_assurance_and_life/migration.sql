-- What stands behind an authenticator's maker, what that says of it, and how it was bound to its person. Those of before
-- had no anchor to reach, and came by links of which we no longer know that anybody was there.
ALTER TABLE "authenticator" ADD COLUMN "attestation_trust" TEXT NOT NULL DEFAULT 'none';
ALTER TABLE "authenticator" ADD COLUMN "trusted_facts" JSONB;
ALTER TABLE "authenticator" ADD COLUMN "metadata_number" INTEGER;
ALTER TABLE "authenticator" ADD COLUMN "bound_by" TEXT NOT NULL DEFAULT 'link';
ALTER TABLE "authenticator" ADD COLUMN "bound_level" SMALLINT NOT NULL DEFAULT 2;
ALTER TABLE "authenticator" ADD COLUMN "expires_at" TIMESTAMPTZ(3);
ALTER TABLE "authenticator" ADD COLUMN "status_note" TEXT;
ALTER TABLE "authenticator" ALTER COLUMN "attestation_trust" DROP DEFAULT;
ALTER TABLE "authenticator" ALTER COLUMN "bound_by" DROP DEFAULT;
ALTER TABLE "authenticator" ALTER COLUMN "bound_level" DROP DEFAULT;
ALTER TABLE "authenticator" DROP CONSTRAINT "authenticator_status";
ALTER TABLE "authenticator" ADD CONSTRAINT "authenticator_status" CHECK ("status" IN ('active', 'suspended', 'revoked', 'expired'));
ALTER TABLE "authenticator" ADD CONSTRAINT "authenticator_trust" CHECK ("attestation_trust" IN ('none', 'self', 'untrusted', 'organisation', 'metadata'));
ALTER TABLE "authenticator" ADD CONSTRAINT "authenticator_trusted_facts" CHECK (("trusted_facts" IS NULL) = ("attestation_trust" IN ('none', 'self', 'untrusted')));
ALTER TABLE "authenticator" ADD CONSTRAINT "authenticator_bound_level" CHECK ("bound_level" BETWEEN 1 AND 3);
CREATE INDEX "authenticator_aaguid_idx" ON "authenticator"("aaguid");
CREATE INDEX "authenticator_status_status_at_idx" ON "authenticator"("status", "status_at");
CREATE INDEX "authenticator_expires_at_idx" ON "authenticator"("expires_at");

-- The most specific class that was true when its person last made an assertion.
ALTER TABLE "session" ADD COLUMN "acr" TEXT NOT NULL DEFAULT 'AAL2_ANY';
ALTER TABLE "session" ALTER COLUMN "acr" DROP DEFAULT;
CREATE INDEX "session_authenticator_id_idx" ON "session"("authenticator_id");

-- The highest level that what is set up with a link can have.
ALTER TABLE "invitation" ADD COLUMN "max_level" SMALLINT NOT NULL DEFAULT 2;
ALTER TABLE "invitation" ALTER COLUMN "max_level" DROP DEFAULT;
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_max_level" CHECK ("max_level" BETWEEN 1 AND 3);

CREATE TABLE "authenticator_policy" (
    "scope" TEXT NOT NULL,
    "scope_id" TEXT NOT NULL,
    "policy" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "updated_by" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "authenticator_policy_pkey" PRIMARY KEY ("scope","scope_id")
);

CREATE TABLE "trust_anchor" (
    "id" UUID NOT NULL,
    "organisation_id" UUID,
    "name" TEXT NOT NULL,
    "certificate" BYTEA NOT NULL,
    "hardware" BOOLEAN NOT NULL,
    "platform" TEXT,
    "added_by" UUID,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),
    CONSTRAINT "trust_anchor_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "metadata_blob" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "number" INTEGER NOT NULL,
    "next_update" TIMESTAMPTZ(3) NOT NULL,
    "blob" TEXT NOT NULL,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "metadata_blob_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "job_run" (
    "name" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "job_run_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "fact" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "delivered_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "outbox_kind_due_at_idx" ON "outbox"("kind", "due_at");

CREATE TABLE "mailbox_message" (
    "id" UUID NOT NULL,
    "to" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "mailbox_message_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "mailbox_message_sent_at_idx" ON "mailbox_message"("sent_at");

GRANT SELECT, INSERT, UPDATE, DELETE
  ON "authenticator_policy", "trust_anchor", "metadata_blob", "job_run", "outbox", "mailbox_message" TO fobwatch_runtime;
