# Sourced by script/test: a private PostgreSQL cluster on a free port, gone when the tests end.

postgres_folder=

postgres_bin() {
  local folder
  for folder in /usr/lib/postgresql/*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql*/bin; do
    [ -x "$folder/initdb" ] && { printf '%s' "$folder"; return; }
  done
  command -v initdb >/dev/null 2>&1 && dirname "$(command -v initdb)"
}

# PostgreSQL refuses to run as root; Debian's package brings a user for it.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_postgres() {
  local bin port
  bin=$(postgres_bin) && [ -n "$bin" ] || return 1
  if [ "$(id -u)" = 0 ] && ! id postgres >/dev/null 2>&1; then return 1; fi
  postgres_folder=$1
  mkdir -p "$postgres_folder"
  if [ "$(id -u)" = 0 ]; then
    chmod 711 "$(dirname "$postgres_folder")"
    chown postgres "$postgres_folder"
  fi
  port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  (cd / && as_postgres "$bin/initdb" --pgdata="$postgres_folder/data" --username=ringvirkning --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null)
  (cd / && as_postgres "$bin/pg_ctl" --pgdata="$postgres_folder/data" --silent --wait --log="$postgres_folder/log" \
    --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$postgres_folder -c fsync=off" start >/dev/null) || return 1
  postgres_bin_used=$bin
  export DATABASE_URL=postgres://ringvirkning@127.0.0.1:$port/postgres
}

stop_postgres() {
  [ -n "$postgres_folder" ] && [ -n "${postgres_bin_used:-}" ] || return 0
  (cd / && as_postgres "$postgres_bin_used/pg_ctl" --pgdata="$postgres_folder/data" --silent --mode=immediate stop >/dev/null 2>&1) || true
}
