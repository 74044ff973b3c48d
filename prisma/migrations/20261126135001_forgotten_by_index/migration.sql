-- What was told is found by its age, and not by going through all that is kept.
CREATE INDEX "outbox_created_at_idx" ON "outbox"("created_at");

-- Codes and refresh tokens stay for a day after their end, and are no more in the way of what goes at its end. Each row has its
-- place in one of the two.
DROP INDEX "oidc_token_expires_at_idx";
CREATE INDEX "oidc_token_expires_at_idx" ON "oidc_token"("expires_at") WHERE "kind" NOT IN ('AuthorizationCode', 'RefreshToken');
CREATE INDEX "oidc_token_kept_idx" ON "oidc_token"("expires_at") WHERE "kind" IN ('AuthorizationCode', 'RefreshToken');
DROP INDEX "oidc_transient_expires_at_idx";
CREATE INDEX "oidc_transient_expires_at_idx" ON "oidc_transient"("expires_at") WHERE "kind" NOT IN ('AuthorizationCode', 'RefreshToken');
CREATE INDEX "oidc_transient_kept_idx" ON "oidc_transient"("expires_at") WHERE "kind" IN ('AuthorizationCode', 'RefreshToken');
