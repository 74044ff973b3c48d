-- Fictional people who log in to sandbox applications, and to nothing else.
ALTER TABLE "person" ADD COLUMN "sandbox_only" BOOLEAN NOT NULL DEFAULT false;
