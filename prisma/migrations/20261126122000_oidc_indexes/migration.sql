-- What hangs on a grant is found by itself, and the grant with it; nothing is looked for by its grant.
DROP INDEX "oidc_token_grant_id_idx";
DROP INDEX "oidc_transient_grant_id_idx";
