-- When each signing key signs and until when it is published. Every instance goes by these times and its own clock.
ALTER TABLE "signing_key" ADD COLUMN "signs_from" TIMESTAMPTZ(3);
ALTER TABLE "signing_key" ADD COLUMN "signs_until" TIMESTAMPTZ(3);
ALTER TABLE "signing_key" ADD COLUMN "published_until" TIMESTAMPTZ(3);
ALTER TABLE "signing_key" ADD COLUMN "revoked_at" TIMESTAMPTZ(3);
UPDATE "signing_key" SET "signs_from" = "created_at", "signs_until" = "retired_at", "published_until" = "retired_at";
ALTER TABLE "signing_key" ALTER COLUMN "signs_from" SET NOT NULL;
ALTER TABLE "signing_key" DROP COLUMN "retired_at";
-- Of each algorithm there is one key without an end: the one that signs, or the one that will sign after it.
CREATE UNIQUE INDEX "signing_key_last" ON "signing_key" ("algorithm") WHERE "signs_until" IS NULL;
