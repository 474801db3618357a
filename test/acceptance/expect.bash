# Sourced by the scripts of this folder: says what holds, and stops at what does not.

passed=0
# expect NAME COMMAND...
expect() {
  local name=$1 log
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    printf 'acceptance: failed: %s\n' "$name" >&2
    cat "$log" >&2
    rm -f "$log"
    exit 1
  fi
  rm -f "$log"
  passed=$((passed + 1))
  printf 'acceptance: %s\n' "$name"
}
