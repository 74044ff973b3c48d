-- A session on a device that other people use too.
ALTER TABLE "session" ADD COLUMN "shared" BOOLEAN NOT NULL DEFAULT false;
