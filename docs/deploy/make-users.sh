#!/bin/sh
# What compose.yaml's PostgreSQL does at its first start: the two users of docs/operators.md, and the database.
set -eu
psql --username=postgres --no-psqlrc --set=ON_ERROR_STOP=1 \
  --set=owner="$(cat /run/secrets/owner-password)" --set=service="$(cat /run/secrets/service-password)" <<'END'
create role fobwatch_runtime nologin;
create role fobwatch_owner login password :'owner' in role fobwatch_runtime;
create role fobwatch_service login password :'service' in role fobwatch_runtime;
create database fobwatch owner fobwatch_owner;
END
