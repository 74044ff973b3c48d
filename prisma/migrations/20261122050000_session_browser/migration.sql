-- AlterTable
ALTER TABLE "session" ADD COLUMN     "browser_hash" BYTEA;

-- CreateIndex
CREATE INDEX "session_browser_hash_idx" ON "session"("browser_hash");
