-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "rp_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "seq" BIGSERIAL NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "actor" UUID,
    "person" UUID,
    "client" TEXT,
    "request_id" TEXT,
    "details" JSONB NOT NULL,
    "personal" BYTEA,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "personal_key" (
    "person" UUID NOT NULL,
    "sealed_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "personal_key_pkey" PRIMARY KEY ("person")
);

-- CreateTable
CREATE TABLE "signing_key" (
    "kid" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "sealed_private" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("kid")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "staff_id" CHAR(12) NOT NULL,
    "user_handle" BYTEA NOT NULL,
    "title" TEXT,
    "given_name" TEXT NOT NULL,
    "middle_names" TEXT,
    "family_name" TEXT NOT NULL,
    "email" TEXT,
    "status" TEXT NOT NULL DEFAULT 'active',
    "identity_level" SMALLINT NOT NULL,
    "identity_proved_by" UUID,
    "identity_proved_at" TIMESTAMPTZ(3),
    "identity_method" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_id" UUID,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_role" (
    "code" TEXT NOT NULL,
    "staff_group" TEXT NOT NULL,
    "sub_group" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "job_role_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "activity" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "activity_inclusion" (
    "activity_code" TEXT NOT NULL,
    "included_code" TEXT NOT NULL,

    CONSTRAINT "activity_inclusion_pkey" PRIMARY KEY ("activity_code","included_code")
);

-- CreateTable
CREATE TABLE "baseline_activity" (
    "role_code" TEXT NOT NULL,
    "activity_code" TEXT NOT NULL,

    CONSTRAINT "baseline_activity_pkey" PRIMARY KEY ("role_code","activity_code")
);

-- CreateTable
CREATE TABLE "duty" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "duty_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "duty_task" (
    "duty_code" TEXT NOT NULL,
    "task" TEXT NOT NULL,
    "allowed" TEXT NOT NULL DEFAULT 'yes',

    CONSTRAINT "duty_task_pkey" PRIMARY KEY ("duty_code","task")
);

-- CreateTable
CREATE TABLE "position" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role_code" TEXT,
    "duty_code" TEXT,
    "area_of_work" TEXT,
    "area_of_work_code" TEXT,
    "opened_to_sponsors" BOOLEAN NOT NULL DEFAULT false,
    "notes" TEXT,
    "approved_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "position_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "position_activity" (
    "position_id" UUID NOT NULL,
    "activity_code" TEXT NOT NULL,

    CONSTRAINT "position_activity_pkey" PRIMARY KEY ("position_id","activity_code")
);

-- CreateTable
CREATE TABLE "workgroup" (
    "code" CHAR(12) NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "workgroup_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "position_workgroup" (
    "position_id" UUID NOT NULL,
    "workgroup_code" CHAR(12) NOT NULL,

    CONSTRAINT "position_workgroup_pkey" PRIMARY KEY ("position_id","workgroup_code")
);

-- CreateTable
CREATE TABLE "affiliation" (
    "id" CHAR(12) NOT NULL,
    "person_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "affiliation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "id" CHAR(12) NOT NULL,
    "person_id" UUID NOT NULL,
    "position_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "assigned_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "challenge" (
    "hash" BYTEA NOT NULL,
    "ceremony" TEXT NOT NULL,
    "bound_to" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "challenge_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "authenticator" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "credential_id" BYTEA NOT NULL,
    "public_key" BYTEA NOT NULL,
    "algorithm" INTEGER NOT NULL,
    "sign_count" BIGINT NOT NULL,
    "aaguid" UUID NOT NULL,
    "transports" TEXT[],
    "backup_eligible" BOOLEAN NOT NULL,
    "backup_state" BOOLEAN NOT NULL,
    "attestation_format" TEXT NOT NULL,
    "attestation_object" BYTEA NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "assurance_level" SMALLINT NOT NULL,
    "reasons" TEXT[],
    "status" TEXT NOT NULL DEFAULT 'active',
    "status_reason" TEXT,
    "status_by" UUID,
    "status_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "authenticator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "client" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" BYTEA,
    "metadata" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api" (
    "resource" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],

    CONSTRAINT "api_pkey" PRIMARY KEY ("resource")
);

-- CreateTable
CREATE TABLE "client_api" (
    "client_id" TEXT NOT NULL,
    "resource" TEXT NOT NULL,

    CONSTRAINT "client_api_pkey" PRIMARY KEY ("client_id","resource")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "authenticator_id" UUID NOT NULL,
    "authenticated_at" TIMESTAMPTZ(3) NOT NULL,
    "assurance_level" SMALLINT NOT NULL,
    "amr" TEXT[],
    "reasons" TEXT[],
    "assignment_id" CHAR(12),
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_active_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_why" TEXT,
    "sign_out_state" JSONB,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session_application" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "issued_by" UUID,
    "issued_how" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "spent_at" TIMESTAMPTZ(3),
    "voided_at" TIMESTAMPTZ(3),
    "authenticator_id" UUID,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oidc_token" (
    "kind" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "grant_id" TEXT,
    "payload" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "oidc_token_pkey" PRIMARY KEY ("kind","hash")
);

-- CreateTable
CREATE TABLE "oidc_transient" (
    "kind" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "grant_id" TEXT,
    "payload" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "oidc_transient_pkey" PRIMARY KEY ("kind","hash")
);

-- CreateTable
CREATE TABLE "oidc_replay" (
    "hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oidc_replay_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_id_key" ON "audit_event"("id");

-- CreateIndex
CREATE INDEX "audit_event_person_at_idx" ON "audit_event"("person", "at");

-- CreateIndex
CREATE INDEX "audit_event_at_idx" ON "audit_event"("at");

-- CreateIndex
CREATE UNIQUE INDEX "person_staff_id_key" ON "person"("staff_id");

-- CreateIndex
CREATE UNIQUE INDEX "person_user_handle_key" ON "person"("user_handle");

-- CreateIndex
CREATE UNIQUE INDEX "organisation_code_key" ON "organisation"("code");

-- CreateIndex
CREATE UNIQUE INDEX "position_organisation_id_name_key" ON "position"("organisation_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "affiliation_person_id_organisation_id_key" ON "affiliation"("person_id", "organisation_id");

-- CreateIndex
CREATE INDEX "assignment_person_id_idx" ON "assignment"("person_id");

-- CreateIndex
CREATE INDEX "challenge_expires_at_idx" ON "challenge"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "authenticator_credential_id_key" ON "authenticator"("credential_id");

-- CreateIndex
CREATE INDEX "authenticator_person_id_idx" ON "authenticator"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_secret_hash_key" ON "session"("secret_hash");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_application_session_id_client_id_key" ON "session_application"("session_id", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_code_hash_key" ON "invitation"("code_hash");

-- CreateIndex
CREATE INDEX "invitation_person_id_idx" ON "invitation"("person_id");

-- CreateIndex
CREATE INDEX "oidc_token_grant_id_idx" ON "oidc_token"("grant_id");

-- CreateIndex
CREATE INDEX "oidc_token_expires_at_idx" ON "oidc_token"("expires_at");

-- CreateIndex
CREATE INDEX "oidc_transient_grant_id_idx" ON "oidc_transient"("grant_id");

-- CreateIndex
CREATE INDEX "oidc_transient_expires_at_idx" ON "oidc_transient"("expires_at");

-- CreateIndex
CREATE INDEX "oidc_replay_expires_at_idx" ON "oidc_replay"("expires_at");

-- AddForeignKey
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_inclusion" ADD CONSTRAINT "activity_inclusion_activity_code_fkey" FOREIGN KEY ("activity_code") REFERENCES "activity"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_inclusion" ADD CONSTRAINT "activity_inclusion_included_code_fkey" FOREIGN KEY ("included_code") REFERENCES "activity"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baseline_activity" ADD CONSTRAINT "baseline_activity_role_code_fkey" FOREIGN KEY ("role_code") REFERENCES "job_role"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baseline_activity" ADD CONSTRAINT "baseline_activity_activity_code_fkey" FOREIGN KEY ("activity_code") REFERENCES "activity"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duty_task" ADD CONSTRAINT "duty_task_duty_code_fkey" FOREIGN KEY ("duty_code") REFERENCES "duty"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_role_code_fkey" FOREIGN KEY ("role_code") REFERENCES "job_role"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_duty_code_fkey" FOREIGN KEY ("duty_code") REFERENCES "duty"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position_activity" ADD CONSTRAINT "position_activity_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "position"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position_activity" ADD CONSTRAINT "position_activity_activity_code_fkey" FOREIGN KEY ("activity_code") REFERENCES "activity"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position_workgroup" ADD CONSTRAINT "position_workgroup_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "position"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position_workgroup" ADD CONSTRAINT "position_workgroup_workgroup_code_fkey" FOREIGN KEY ("workgroup_code") REFERENCES "workgroup"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "position"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "authenticator" ADD CONSTRAINT "authenticator_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_api" ADD CONSTRAINT "client_api_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_api" ADD CONSTRAINT "client_api_resource_fkey" FOREIGN KEY ("resource") REFERENCES "api"("resource") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_authenticator_id_fkey" FOREIGN KEY ("authenticator_id") REFERENCES "authenticator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_assignment_id_fkey" FOREIGN KEY ("assignment_id") REFERENCES "assignment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_application" ADD CONSTRAINT "session_application_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_application" ADD CONSTRAINT "session_application_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_authenticator_id_fkey" FOREIGN KEY ("authenticator_id") REFERENCES "authenticator"("id") ON DELETE SET NULL ON UPDATE CASCADE;



-- What Prisma's schema cannot say ---------------------------------------------------------------------------------------

-- A crash may forget these: whoever was half-way through presses the button again. Nothing here revokes or records.
ALTER TABLE "challenge" SET UNLOGGED;
ALTER TABLE "oidc_transient" SET UNLOGGED;

ALTER TABLE "installation" ADD CONSTRAINT "installation_one_row" CHECK ("id" = 1);
ALTER TABLE "person" ADD CONSTRAINT "person_staff_id" CHECK ("staff_id" ~ '^[0-9]{12}$');
ALTER TABLE "person" ADD CONSTRAINT "person_user_handle" CHECK (octet_length("user_handle") = 32);
ALTER TABLE "person" ADD CONSTRAINT "person_status" CHECK ("status" IN ('active', 'suspended', 'closed'));
ALTER TABLE "person" ADD CONSTRAINT "person_identity_level" CHECK ("identity_level" BETWEEN 1 AND 3);
ALTER TABLE "person" ADD CONSTRAINT "person_identity_method" CHECK ("identity_method" IN ('in-person', 'video'));
ALTER TABLE "duty_task" ADD CONSTRAINT "duty_task_allowed" CHECK ("allowed" IN ('yes', 'by-request', 'opened-to-sponsors', 'own'));
ALTER TABLE "position" ADD CONSTRAINT "position_says_something" CHECK ("role_code" IS NOT NULL OR "duty_code" IS NOT NULL);
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_dates" CHECK ("expires_at" IS NULL OR "expires_at" > "starts_at");
ALTER TABLE "challenge" ADD CONSTRAINT "challenge_ceremony" CHECK ("ceremony" IN ('registration', 'authentication'));
ALTER TABLE "authenticator" ADD CONSTRAINT "authenticator_credential_id" CHECK (octet_length("credential_id") BETWEEN 1 AND 1023);
ALTER TABLE "authenticator" ADD CONSTRAINT "authenticator_assurance_level" CHECK ("assurance_level" BETWEEN 1 AND 3);
ALTER TABLE "authenticator" ADD CONSTRAINT "authenticator_status" CHECK ("status" IN ('active', 'suspended', 'revoked'));
-- A credential whose state says "backed up" though it may not be is a lie that registration refuses (WebAuthn L3 §6.1).
ALTER TABLE "authenticator" ADD CONSTRAINT "authenticator_backup" CHECK ("backup_eligible" OR NOT "backup_state");
ALTER TABLE "session" ADD CONSTRAINT "session_assurance_level" CHECK ("assurance_level" BETWEEN 1 AND 3);
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_issued_how" CHECK ("issued_how" IN ('in-person', 'video', 'link'));
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_spent_on" CHECK (("spent_at" IS NULL) = ("authenticator_id" IS NULL));

-- The service runs as this role, whoever it connects as. It can add to the audit log and read it, and no more.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fobwatch_runtime') THEN
    CREATE ROLE fobwatch_runtime NOLOGIN;
  END IF;
  IF NOT pg_has_role(current_user, 'fobwatch_runtime', 'MEMBER') THEN
    EXECUTE format('GRANT fobwatch_runtime TO %I', current_user);
  END IF;
EXCEPTION
  -- Another database of the same cluster is being set up at this moment.
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
GRANT USAGE ON SCHEMA public TO fobwatch_runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO fobwatch_runtime;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO fobwatch_runtime;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO fobwatch_runtime;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO fobwatch_runtime;
REVOKE UPDATE, DELETE ON "audit_event" FROM fobwatch_runtime;
REVOKE ALL ON "_prisma_migrations" FROM fobwatch_runtime;
GRANT SELECT ON "_prisma_migrations" TO fobwatch_runtime;
