-- What is counted against whom, by all instances together. Unlogged: a crash may forget it.
CREATE UNLOGGED TABLE "limit_count" (
    "key" BYTEA NOT NULL,
    "count" BIGINT NOT NULL,
    "resets_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "limit_count_pkey" PRIMARY KEY ("key")
);

CREATE INDEX "limit_count_resets_at_idx" ON "limit_count"("resets_at");
