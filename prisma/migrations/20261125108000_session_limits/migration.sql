-- When the person of an application's tokens had last used their device, for applications with limits of their own.
ALTER TABLE "session_application" ADD COLUMN "authenticated_at" TIMESTAMPTZ(3);
UPDATE "session_application" a SET "authenticated_at" = s."authenticated_at" FROM "session" s WHERE s."id" = a."session_id";
ALTER TABLE "session_application" ALTER COLUMN "authenticated_at" SET NOT NULL;

-- Those that have not ended, oldest first, for what ends them in time.
CREATE INDEX "session_ended_at_created_at_idx" ON "session"("ended_at", "created_at");
