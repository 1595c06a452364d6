#!/usr/bin/env bash
# Brings Millrace into a Kubernetes cluster, or back to the revision before.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
overlay=$here/cluster
monitoring=false
dry_run=false
rollback=false
timeout=5m
kubectl=(kubectl)

usage() {
  cat <<'TEXT'
Usage: deploy/kubernetes/deploy.sh [OVERLAY] [OPTION]...

OVERLAY is a directory with a kustomization.yaml: deploy/kubernetes/cluster when not said, else for example
deploy/kubernetes/sqlite, deploy/keda/deployment, deploy/knative/base, or your own.

  --with-monitoring   also apply deploy/monitoring (needs the Prometheus Operator)
  --dry-run           print what would be applied, and change nothing; needs no cluster
  --rollback          take every deployment of the overlay back to its revision before
  --context NAME      the context of kubectl's configuration to use
  --timeout TIME      how long to wait until all is ready (default 5m)
  -h, --help          this text

Exit codes: 0 done, 1 failed, 2 wrong usage.
TEXT
}

say() { echo "deploy: $*" >&2; }
fail() { say "$@"; exit 1; }
wrong() { say "$@"; usage >&2; exit 2; }

options() {
  local given=()
  while [[ $# -gt 0 ]]; do
    case $1 in
      --with-monitoring) monitoring=true ;;
      --dry-run) dry_run=true ;;
      --rollback) rollback=true ;;
      --context | --timeout)
        [[ $# -ge 2 ]] || wrong "$1 needs a value."
        if [[ $1 == --context ]]; then kubectl=(kubectl --context "$2"); else timeout=$2; fi
        shift
        ;;
      -h | --help) usage; exit ;;
      -*) wrong "Unknown option: $1" ;;
      *) given+=("$1") ;;
    esac
    shift
  done
  [[ ${#given[@]} -le 1 ]] || wrong "One overlay at a time."
  overlay=${given[0]:-$overlay}
  [[ -f $overlay/kustomization.yaml ]] || wrong "There is no kustomization.yaml in $overlay."
}

rendered() { kubectl kustomize "$overlay"; }

namespace() {
  local name
  name=$(sed -n 's/^namespace: *//p' "$overlay/kustomization.yaml")
  [[ -n $name ]] || fail "$overlay/kustomization.yaml names no namespace."
  echo "$name"
}

# The overlay's own, so that nothing else in the namespace is touched: deployment/NAME or ksvc/NAME, a line each.
workloads() {
  rendered | awk '/^---/ {what = ""; meta = 0}
    /^apiVersion: / {knative = ($2 ~ /^serving.knative.dev/)}
    /^kind: / {what = ($2 == "Deployment") ? "deployment" : ($2 == "Service" && knative) ? "ksvc" : ""}
    /^metadata:/ {meta = 1}
    /^spec:/ {meta = 0}
    meta && what != "" && /^  name: / {print what "/" $2}'
}

await() {
  local failed=0 one
  while read -r one; do
    case $one in
      deployment/*) "${kubectl[@]}" -n "$space" rollout status "$one" --timeout "$timeout" || failed=1 ;;
      ksvc/*) "${kubectl[@]}" -n "$space" wait --for=condition=Ready "$one" --timeout "$timeout" || failed=1 ;;
    esac
  done < <(workloads)
  [[ $failed == 0 ]] || {
    "${kubectl[@]}" -n "$space" get pods >&2 || true
    fail "Not everything became ready. Look at the pods above; --rollback goes back to the revision before."
  }
}

# Keys and passwords are made once, and never again by this script.
need_secrets() {
  "${kubectl[@]}" -n "$space" get secret millrace-access >/dev/null 2>&1 && return
  say "Making API keys and a Redis password: Secrets millrace-access, millrace-keys, millrace-redis."
  "${kubectl[@]}" get namespace "$space" >/dev/null 2>&1 || "${kubectl[@]}" create namespace "$space"
  "$here/../keys.sh" kubernetes "$space" | "${kubectl[@]}" apply -f -
}

need_operator() {
  "${kubectl[@]}" get crd servicemonitors.monitoring.coreos.com >/dev/null 2>&1 ||
    fail "The Prometheus Operator is not installed (no ServiceMonitor kind), so --with-monitoring can do nothing."
}

# In the namespace of the overlay, whose Secret they read.
monitors() { kubectl kustomize "$here/../monitoring" | sed "s/^  namespace: millrace$/  namespace: $space/"; }

apply() {
  if $monitoring; then need_operator; fi
  need_secrets
  "${kubectl[@]}" apply -k "$overlay"
  if $monitoring; then monitors | "${kubectl[@]}" apply -f -; fi
  await
  say "Running in the namespace $space. The admin key:"
  say "  kubectl -n $space get secret millrace-keys -o 'go-template={{.data.admin | base64decode}}'"
}

deployments() {
  workloads | grep '^deployment/' || fail "Knative goes back by traffic, not by revisions of deployments: see deploy/knative/rollback."
}

undo() {
  local one all
  all=$(deployments)
  while read -r one; do
    "${kubectl[@]}" -n "$space" rollout undo "$one"
  done <<<"$all"
  await
  say "Back at the revision before."
}

options "$@"
command -v kubectl >/dev/null || fail "kubectl is needed: https://kubernetes.io/docs/tasks/tools/"
space=$(namespace)
if $dry_run; then
  if $rollback; then deployments | sed 's/^/would take back: /'; exit; fi
  rendered
  if $monitoring; then echo ---; monitors; fi
elif $rollback; then
  undo
else
  apply
fi
