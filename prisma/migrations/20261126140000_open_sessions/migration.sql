-- An index that answers "has not ended" is taken for whatever asks that of a few sessions, where tables were counted when
-- nobody was logged in; and leads through all that are open. These two answer only what they are for.
DROP INDEX "session_ended_at_created_at_idx";

-- Those that have not ended, oldest first, for what ends them in time.
CREATE INDEX "session_open_since_idx" ON "session"((CASE WHEN "ended_at" IS NULL THEN "created_at" END))
  WHERE (CASE WHEN "ended_at" IS NULL THEN "created_at" END) IS NOT NULL;

-- Those that have, the first to end first, for what forgets them.
CREATE INDEX "session_ended_at_idx" ON "session"("ended_at") WHERE "ended_at" IS NOT NULL;
