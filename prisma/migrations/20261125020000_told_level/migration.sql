-- How sure an application's tokens say that we are, and why: as when it was given its code, like the class and the methods
-- in them, whatever the browser's session was renewed by since.
ALTER TABLE "session_application" ADD COLUMN "told_level" SMALLINT;
ALTER TABLE "session_application" ADD COLUMN "told_reasons" TEXT[];
UPDATE "session_application" a SET "told_level" = s."assurance_level", "told_reasons" = s."reasons"
  FROM "session" s WHERE s."id" = a."session_id";
ALTER TABLE "session_application" ALTER COLUMN "told_level" SET NOT NULL;
