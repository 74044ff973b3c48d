-- SHA-256 of the id of the log in that a session's last assertion was made in; null where it was made in none.
ALTER TABLE "session" ADD COLUMN "asserted_in" BYTEA;
