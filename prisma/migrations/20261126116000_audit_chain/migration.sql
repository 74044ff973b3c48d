-- Batches of events, each sealed to the one before it and signed. `previous` is the hash of the batch before; the first
-- has none. `total` counts the events of all batches up to this one.
CREATE TABLE "audit_batch" (
    "number" BIGINT NOT NULL,
    "previous" BYTEA,
    "hash" BYTEA NOT NULL,
    "count" INTEGER NOT NULL,
    "total" BIGINT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,
    "checkpoint" TEXT NOT NULL,

    CONSTRAINT "audit_batch_pkey" PRIMARY KEY ("number")
);

-- Which events a batch holds, in which order, and what each hashed to when it was sealed. An event is in one batch: its
-- number, which it takes before it is committed, says nothing about when it is seen, so that batches name their events.
CREATE TABLE "audit_leaf" (
    "seq" BIGINT NOT NULL,
    "batch" BIGINT NOT NULL,
    "place" INTEGER NOT NULL,
    "leaf" BYTEA NOT NULL,

    CONSTRAINT "audit_leaf_pkey" PRIMARY KEY ("seq")
);
CREATE UNIQUE INDEX "audit_leaf_batch_place_key" ON "audit_leaf"("batch", "place");
ALTER TABLE "audit_leaf" ADD CONSTRAINT "audit_leaf_batch_fkey"
  FOREIGN KEY ("batch") REFERENCES "audit_batch"("number") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Like the events themselves: the service adds and reads, and no more.
REVOKE UPDATE, DELETE ON "audit_batch" FROM fobwatch_runtime;
REVOKE UPDATE, DELETE ON "audit_leaf" FROM fobwatch_runtime;

-- The log is searched by who did what, newest first; by person and by time it could be before.
CREATE INDEX "audit_event_actor_at_idx" ON "audit_event"("actor", "at");
CREATE INDEX "audit_event_type_at_idx" ON "audit_event"("type", "at");
CREATE INDEX "audit_event_client_at_idx" ON "audit_event"("client", "at");
