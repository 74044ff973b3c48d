/** The tables of the floor: what a crash may forget is unlogged, kind for kind as it is with Fobwatch. */
export const tables = `
create table client (id text primary key, secret_hash bytea not null, redirect_uri text not null, resource text not null);
create table person (id uuid primary key, staff_id char(12) unique not null, user_handle bytea unique not null,
  given_name text not null, family_name text not null, status text not null default 'active');
create table authenticator (id uuid primary key, person_id uuid not null references person, credential_id bytea unique not null,
  public_key bytea not null, sign_count bigint not null default 0, status text not null default 'active',
  last_used_at timestamptz);
create table session (id uuid primary key, secret_hash bytea unique not null, person_id uuid not null references person,
  authenticator_id uuid not null references authenticator, authenticated_at timestamptz not null,
  expires_at timestamptz not null);
create table audit_event (seq bigserial primary key, id uuid unique not null, at timestamptz not null, type text not null,
  person uuid, details jsonb not null);
create table participation (session_id uuid not null references session, client_id text not null references client,
  at timestamptz not null, primary key (session_id, client_id));
create table way_back (hash bytea primary key, taken_at timestamptz not null);
create unlogged table challenge (hash bytea primary key, bound_to text not null, expires_at timestamptz not null);
create unlogged table code (hash bytea primary key, session_id uuid not null, client_id text not null,
  redirect_uri text not null, scope text not null, nonce text not null, challenge text not null,
  expires_at timestamptz not null);
create table token (hash bytea primary key, session_id uuid not null references session, client_id text not null,
  scope text not null, expires_at timestamptz not null);
create table refresh_token (hash bytea primary key, session_id uuid not null references session, client_id text not null,
  scope text not null, expires_at timestamptz not null, used_at timestamptz);
`
