-- When the database stored an event, by its own clock: what the service says of `at` can be held against it. Events of
-- before have none.
ALTER TABLE "audit_event" ADD COLUMN "stored_at" TIMESTAMPTZ(3);
ALTER TABLE "audit_event" ALTER COLUMN "stored_at" SET DEFAULT CURRENT_TIMESTAMP;

-- The service chooses neither: one that planted a number ahead of the sequence would break every later insert.
REVOKE INSERT ON "audit_event" FROM fobwatch_runtime;
GRANT INSERT ("id", "at", "type", "outcome", "actor", "person", "client", "request_id", "details", "personal")
  ON "audit_event" TO fobwatch_runtime;

-- Erasing a person empties their key. A row that went would let a new key be made, and the log learn about them again.
REVOKE DELETE ON "personal_key" FROM fobwatch_runtime;
