#!/bin/sh
# Run once, by the first start of PostgreSQL's container: the role that serves, which owns nothing.
set -eu
psql --set=ON_ERROR_STOP=1 --set=word="$WEB_PASSWORD" --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE ROLE hinge_web LOGIN PASSWORD :'word';
SQL
