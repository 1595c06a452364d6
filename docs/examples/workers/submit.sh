#!/bin/sh
# Submits one task: sh submit.sh QUEUE JSON [KEY]. Tries again when there is no answer, always with the same key, so the
# task is accepted once. Give a KEY of your own (an order's number, say) to make a repeat of the whole command harmless.
set -eu
key=${3:-$(cat /proc/sys/kernel/random/uuid)}
curl --silent --show-error --fail-with-body --retry 5 --retry-delay 1 --retry-connrefused \
  "${MILLRACE_SERVER:-http://127.0.0.1:8080}/api/v1/queues/$1/tasks" \
  -H 'Content-Type: application/json' -H "Idempotency-Key: $key" \
  ${MILLRACE_KEY:+-H "Authorization: Bearer $MILLRACE_KEY"} \
  -d "$2"
