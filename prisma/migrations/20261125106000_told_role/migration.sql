-- The role that an application's tokens tell of, as when it was given its code: another that is chosen since, at another
-- application or at our own pages, changes nothing of what this one's refreshed tokens say.
ALTER TABLE "session_application" ADD COLUMN "told_assignment_id" CHAR(12);
UPDATE "session_application" a SET "told_assignment_id" = s."assignment_id" FROM "session" s WHERE s."id" = a."session_id";
ALTER TABLE "session_application" ADD CONSTRAINT "session_application_told_assignment_id_fkey"
  FOREIGN KEY ("told_assignment_id") REFERENCES "assignment"("id") ON DELETE SET NULL ON UPDATE CASCADE;
