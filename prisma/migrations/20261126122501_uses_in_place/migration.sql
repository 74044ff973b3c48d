-- Every log in writes when its device was used last. An index of that time made PostgreSQL write a new entry into each of the
-- table's indexes every time; one of its day (UTC) changes with the first use of a day, and all others stay where the row is.
ALTER TABLE "authenticator" ADD COLUMN "last_used_day" TIMESTAMPTZ(3) GENERATED ALWAYS AS (
  date_bin('24 hours', "last_used_at", '2000-01-01 00:00:00+00')
) STORED;
DROP INDEX "authenticator_last_used_idx";
CREATE INDEX "authenticator_last_used_idx" ON "authenticator"((coalesce("last_used_day", '-infinity')), "id");

-- Room for that beside the row, and what was attested at the start out of the way.
ALTER TABLE "authenticator" SET (fillfactor = 80, toast_tuple_target = 512);
ALTER TABLE "session" SET (fillfactor = 90);
