#!/bin/sh
# The application's own log-in: what it may do is granted by the migrations.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$APP_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
create role shian_app login password :'password';
SQL
