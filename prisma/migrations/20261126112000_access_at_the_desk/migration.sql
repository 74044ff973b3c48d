-- An organisation that is closed takes no new people, and is closed to nobody who is there.
ALTER TABLE "organisation" ADD COLUMN "closed_at" TIMESTAMPTZ(3);
CREATE INDEX "organisation_parent_id_idx" ON "organisation"("parent_id");

-- Workgroups belong to an organisation from now on; those that were there belong to none.
ALTER TABLE "workgroup" ADD COLUMN "organisation_id" UUID;
ALTER TABLE "workgroup" ADD CONSTRAINT "workgroup_organisation_id_fkey"
  FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A position is changed by whoever looked at the version that is there; one that is retired is given to nobody any more.
ALTER TABLE "position" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "position" ADD COLUMN "retired_at" TIMESTAMPTZ(3);

ALTER TABLE "assignment" ADD COLUMN "ended_by" UUID;
CREATE INDEX "assignment_position_id_idx" ON "assignment"("position_id");

-- Catalogues that were loaded from files. While there is none, the catalogue is that of the version of the service.
CREATE TABLE "catalogue_load" (
    "id" UUID NOT NULL,
    "loaded_by" UUID,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "catalogue_load_pkey" PRIMARY KEY ("id")
);
