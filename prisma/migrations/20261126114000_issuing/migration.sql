-- A link, a short code or a temporary pass: for what kind of device, and what became of it so far.
ALTER TABLE "invitation" ADD COLUMN "channel" TEXT NOT NULL DEFAULT 'link',
ADD COLUMN "device" TEXT,
ADD COLUMN "mailed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "wrong_tries" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN "redeemed_at" TIMESTAMPTZ(3),
ADD COLUMN "opened_at" TIMESTAMPTZ(3),
ADD COLUMN "box_at" TIMESTAMPTZ(3),
ADD COLUMN "spent_in" BYTEA,
ADD COLUMN "undone_at" TIMESTAMPTZ(3);

-- Wrong short codes from one network, whichever instance they came to.
CREATE TABLE "code_try" (
    "network" BYTEA NOT NULL,
    "failures" INTEGER NOT NULL,
    "resets_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "code_try_pkey" PRIMARY KEY ("network")
);

CREATE INDEX "code_try_resets_at_idx" ON "code_try"("resets_at");
