-- The authenticator that whoever issued a link had logged in with: when it is gone, so is the link. Null where the service
-- issued it, and for links of before, which end with this unless the service issued them.
ALTER TABLE "invitation" ADD COLUMN "issued_with" UUID;

-- The authenticator that an application's tokens came from: when it is gone, so are they, whatever the browser's session
-- was renewed by since.
ALTER TABLE "session_application" ADD COLUMN "authenticator_id" UUID;
UPDATE "session_application" a SET "authenticator_id" = s."authenticator_id" FROM "session" s WHERE s."id" = a."session_id";
ALTER TABLE "session_application" ALTER COLUMN "authenticator_id" SET NOT NULL;
ALTER TABLE "session_application" ADD CONSTRAINT "session_application_authenticator_id_fkey"
  FOREIGN KEY ("authenticator_id") REFERENCES "authenticator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
