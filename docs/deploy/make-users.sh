#!/bin/sh
# What compose.yaml's PostgreSQL does at its first start: the two users of docs/operators.md, and the database.
# The passwords are read by psql itself, and so are in no list of processes; and a statement that fails, or any, is not quoted
# in PostgreSQL's log with the password in it.
set -eu
psql --username=postgres --no-psqlrc --set=ON_ERROR_STOP=1 <<'END'
\set owner `cat /run/secrets/owner-password`
\set service `cat /run/secrets/service-password`
set log_min_error_statement = panic;
set log_statement = 'none';
set log_min_duration_statement = -1;
create role fobwatch_runtime nologin;
create role fobwatch_owner login password :'owner' in role fobwatch_runtime;
create role fobwatch_service login password :'service' in role fobwatch_runtime;
create database fobwatch owner fobwatch_owner;
END
