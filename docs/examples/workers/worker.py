#!/usr/bin/env python3
"""Runs tasks of one type from one queue: python3 worker.py QUEUE TYPE. Python 3.9 alone, no packages."""
import json, os, signal, sys, threading, time, urllib.request

SERVER, KEY = os.environ.get("MILLRACE_SERVER", "http://127.0.0.1:8080"), os.environ.get("MILLRACE_KEY")
LEASE = int(os.environ.get("LEASE", "30"))  # seconds without a sign of life after which others may take the task
HEADERS = {"Content-Type": "application/json", **({"Authorization": "Bearer " + KEY} if KEY else {})}

def handle(payload):
    """Yours. What it returns is the result; a ValueError is never tried again, any other exception is."""
    if "name" not in payload:
        raise ValueError("the payload has no name")
    time.sleep(payload.get("seconds", 0))
    return {"greeting": "Hello " + payload["name"]}

def post(path, body):
    """The answer; {} when the lease is lost or its end refused, None when it may be tried again."""
    try:
        request = urllib.request.Request(SERVER + "/api/v1" + path, json.dumps(body).encode(), HEADERS)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
    except OSError as trouble:
        print(f"{path[:20]}: {trouble}", file=sys.stderr)
        lost = path.startswith("/leases/") and getattr(trouble, "code", 503) in (400, 403, 404, 409, 413)
        return {} if lost else None

def run(token, task):
    done, pause = threading.Event(), 1
    def keep():
        while not done.wait(LEASE / 3):
            post(f"/leases/{token}/extend", {"lease": f"PT{LEASE}S"})
    threading.Thread(target=keep, daemon=True).start()
    try:
        end, body = "complete", {"result": handle(task.get("payload"))}
    except Exception as e:
        end, body = "fail", {"type": type(e).__name__, "message": str(e), "retryable": not isinstance(e, ValueError)}
    done.set()
    while post(f"/leases/{token}/{end}", body) is None:
        time.sleep(pause)
        pause = min(2 * pause, 10)

stopping, pause = threading.Event(), 1  # what runs is ended first, and the wait for more
signal.signal(signal.SIGTERM, lambda *_: stopping.set())
wish = {"types": [sys.argv[2]], "lease": f"PT{LEASE}S", "wait": "PT10S", "worker": f"worker.py-{os.getpid()}"}
print("ready", flush=True)
while not stopping.is_set():
    answer = post(f"/queues/{sys.argv[1]}/leases", wish)
    for lease in (answer or {}).get("leases", []):
        run(lease["token"], lease["task"])
    stopping.wait(pause if answer is None else 0)
    pause = min(2 * pause, 10) if answer is None else 1  # ever more seldom while it is refused or not heard
