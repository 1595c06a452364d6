#!/usr/bin/env bash
# Made traffic.redis.gz: what the program of record.sh sent to a Redis on port 6380 while it did this, with
#   redis-cli -p 6380 HSET mr:queues .last 7; redis-cli -p 6380 MONITOR > monitor.txt &
#   millrace start --port 8081 --roles api --redis redis://127.0.0.1:6380 &
#   traffic.sh 8081 6380; python3 traffic.py monitor.txt traffic.redis; gzip -9n traffic.redis
set -eo pipefail
api=http://127.0.0.1:$1/api/v1
post() { curl -sS -X POST "$api$1" -H 'Content-Type: application/json' -d "${2-}"; }
step() { redis-cli -p "$redis" ECHO "step-$1" >/dev/null; }
token() { jq -r ".leases[$1].token" leases.json; }
redis=$2
step submit
for i in 1 2 3 4 5 6; do post /queues/q/tasks '{"id": "old-'"$i"'", "type": "t", "payload": {"of": "old-'"$i"'"}}'; done
post /queues/q/tasks '{"id": "old-late", "type": "t", "delay": "PT1H"}'
post /queues/q/tasks/bulk '[{"type": "u"}, {"type": "u"}, {"type": "u"}]'
step lease
post /queues/q/leases '{"max": 5, "lease": "PT1H", "worker": "former-1"}' >leases.json
step settle
post "/leases/$(token 0)/complete" '{"result": {"sum": 3}}'
post "/leases/$(token 1)/fail" '{"type": "Broken", "message": "of old", "retryable": false}'
post "/leases/$(token 2)/fail" '{"type": "Broken", "message": "of old", "retryable": true}'
post "/leases/$(token 3)/release" '{}'
post "/leases/$(token 4)/extend" '{"lease": "PT2H"}'
post "/leases/$(token 4)/progress" '{"percent": 40, "message": "half", "log": ["a line"]}'
step cancel
post /tasks/old-6/cancel '{}'
post /tasks/old-2/retry '{}'
post /tasks/old-late/run-now '{}'
step end
