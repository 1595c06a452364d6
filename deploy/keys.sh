#!/usr/bin/env bash
# Makes random API keys and a Redis password, and prints them in the form that a target takes.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: deploy/keys.sh kubernetes [NAMESPACE] | kubectl apply -f -
       deploy/keys.sh compose > deploy/compose/.env

Prints Kubernetes Secrets (namespace: millrace, when not said), or the variables of deploy/compose.
Each run makes new ones. The keys: admin may do everything, client submits tasks, metrics and scaler read,
kick wakes workers. The dashboard has one user, admin.
TEXT
}

# How a key's hash and role are called in the configuration: docs/configuration.md.
names=(admin client metrics scaler kick)
declare -A secret hash

random() { head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }

make() {
  local name
  for name in "${names[@]}"; do
    secret[$name]=$(random)
    hash[$name]=$(printf %s "${secret[$name]}" | sha256sum | cut -d ' ' -f 1)
  done
  redis=$(random)
  dashboard=$(random)
  dashboard_hash=$(password_hash "$dashboard")
}

# As the dashboard wants it: docs/dashboard.md.
password_hash() {
  local salt digest
  salt=$(random)
  digest=$(openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt "pass:$1" -kdfopt "hexsalt:$salt" \
    -kdfopt iter:600000 -binary PBKDF2 | od -An -v -tx1 | tr -d ' \n')
  echo "pbkdf2-sha256:600000:$salt:$digest"
}

# head of a Secret: NAME
head_of() {
  printf -- '---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: %s\n  namespace: %s\n' "$1" "$namespace"
  printf '  labels: {app.kubernetes.io/name: millrace}\ntype: Opaque\nstringData:\n'
}

kubernetes() {
  local name
  head_of millrace-access
  for name in "${names[@]}"; do
    printf '  MILLRACE_ACCESS_KEYS_%s_HASH: "%s"\n' "${name^^}" "${hash[$name]}"
  done
  printf '  MILLRACE_DASHBOARD_USERS_ADMIN_PASSWORD_HASH: "%s"\n' "$dashboard_hash"
  head_of millrace-keys
  for name in "${names[@]}"; do
    printf '  %s: mrk_%s_%s\n' "$name" "$name" "${secret[$name]}"
  done
  printf '  dashboard: "%s"\n' "$dashboard"
  head_of millrace-redis
  printf '  password: "%s"\n  url: redis://:%s@millrace-redis:6379\n' "$redis" "$redis"
}

compose() {
  local name
  for name in "${names[@]}"; do
    printf '%s_KEY=mrk_%s_%s\n' "${name^^}" "$name" "${secret[$name]}"
    printf '%s_HASH=%s\n' "${name^^}" "${hash[$name]}"
  done
  printf 'DASHBOARD_PASSWORD=%s\nDASHBOARD_HASH=%s\n' "$dashboard" "$dashboard_hash"
  printf 'REDIS_PASSWORD=%s\nGRAFANA_PASSWORD=%s\n' "$redis" "$(random)"
}

namespace=${2:-millrace}
command -v openssl >/dev/null || { echo "keys: openssl 3 is needed" >&2; exit 1; }
case ${1:-} in
  kubernetes) make; kubernetes ;;
  compose) make; compose ;;
  -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
