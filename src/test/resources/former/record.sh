#!/usr/bin/env bash
# Made store.sql and store.redis, with the program of commit 110aa0a, the last of Redis format 1 and SQLite format 4:
#   millrace start --port 8081 --roles api --data s      millrace start --port 8082 --roles api --redis redis://127.0.0.1:6380
#   record.sh 8081; record.sh 8082
#   python3 dump.py sqlite s/millrace.db > store.sql; python3 dump.py redis 6380 > store.redis
set -eo pipefail
api=http://127.0.0.1:$1/api/v1
json='Content-Type: application/json'
post() { curl -sS -X POST "$api$1" -H "$json" -d "${2-}"; }
task() { post /queues/q/tasks '{"id": "'"$1"'", "type": "t", "payload": {"of": "'"$1"'"}'"$2"'}'; }
lease() { post /queues/q/leases '{"max": 1, "lease": "PT1H", "worker": "former-1"}' | sed 's/.*"token": *"\([^"]*\)".*/\1/'; }
task done-1
post "/leases/$(lease)/complete" '{"result": {"sum": 3}}'
task dead-1
post "/leases/$(lease)/fail" '{"type": "Broken", "message": "of old", "retryable": false}'
task gone-1
post /tasks/gone-1/cancel '{}'
task run-1
lease
task wait-1 ', "unique": {"key": "k", "ttl": "P1D", "mode": "reject"}, "labels": {"tenant": "acme"}'
task late-1 ', "delay": "PT1H"'
post /queues/halt/tasks '{"id": "halt-1", "type": "t"}'
post /queues/halt/pause '{}'
curl -sS -X PATCH "$api/queues/q" -H "$json" -d '{"maxDepth": 100, "retention": {"age": "PT48H", "count": 50}}'
