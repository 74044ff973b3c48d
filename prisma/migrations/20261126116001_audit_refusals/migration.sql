-- What was refused is looked for often, and is little of the log.
CREATE INDEX "audit_event_refused_at_idx" ON "audit_event"("at") WHERE "outcome" = 'refused';
