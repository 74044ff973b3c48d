-- A registration is changed by whoever looked at the version that is there, and a client can be disabled.
ALTER TABLE "client" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "client" ADD COLUMN "disabled_at" TIMESTAMPTZ(3);

-- A client may have several secrets at once, so that a new one is in use before the old one ends.
CREATE TABLE "client_secret" (
    "id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "client_secret_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "client_secret_client_id_idx" ON "client_secret"("client_id");
ALTER TABLE "client_secret" ADD CONSTRAINT "client_secret_client_id_fkey"
  FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "client_secret" ("id", "client_id", "hash", "created_at")
  SELECT gen_random_uuid(), "id", "secret_hash", "created_at" FROM "client" WHERE "secret_hash" IS NOT NULL;
ALTER TABLE "client" DROP COLUMN "secret_hash";
