#!/usr/bin/env python3
"""Takes tasks of one type from one queue and runs them: python3 worker.py QUEUE TYPE. Python 3.9 alone, no packages."""
import json, os, signal, sys, threading, time, urllib.error, urllib.request

SERVER = os.environ.get("MILLRACE_SERVER", "http://127.0.0.1:8080") + "/api/v1"
LEASE = int(os.environ.get("LEASE", "30"))  # seconds without a sign of life after which others may take the task
HEADERS = {"Content-Type": "application/json"}
if os.environ.get("MILLRACE_KEY"):
    HEADERS["Authorization"] = "Bearer " + os.environ["MILLRACE_KEY"]
stopping = idle = False

def handle(payload):
    """Yours. What it returns is the result; a ValueError is never tried again, any other exception is."""
    if "name" not in payload:
        raise ValueError("the payload has no name")
    time.sleep(payload.get("seconds", 0))
    return {"greeting": "Hello " + payload["name"]}

def call(path, body):
    """Again until it is heard; every call under a lease may be repeated. 409 means that the lease is lost."""
    while True:
        try:
            request = urllib.request.Request(SERVER + path, json.dumps(body).encode(), HEADERS)
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            if refused.code < 500:
                return print("refused:", refused.read().decode(), file=sys.stderr)
        except OSError as trouble:
            print("trying again:", trouble, file=sys.stderr)
        time.sleep(1)

def keep(token, done):
    while not done.wait(LEASE / 3):
        call(f"/leases/{token}/extend", {"lease": f"PT{LEASE}S"})

def run(token, task):
    done = threading.Event()
    threading.Thread(target=keep, args=(token, done), daemon=True).start()
    try:
        end, body = "complete", {"result": handle(task.get("payload"))}
    except Exception as e:
        end, body = "fail", {"type": type(e).__name__, "message": str(e), "retryable": not isinstance(e, ValueError)}
    done.set()
    call(f"/leases/{token}/{end}", body)

def stop(*_):
    global stopping
    stopping = True  # what runs is ended first
    if idle:
        sys.exit(0)  # who goes away while it waits takes no task with it

signal.signal(signal.SIGTERM, stop)
signal.signal(signal.SIGINT, stop)
print("ready", flush=True)
wish = {"types": [sys.argv[2]], "lease": f"PT{LEASE}S", "wait": "PT20S", "worker": f"worker.py-{os.getpid()}"}
while not stopping:
    idle = True
    answer = call(f"/queues/{sys.argv[1]}/leases", wish)
    idle = False
    for lease in answer["leases"] if answer else []:
        run(lease["token"], lease["task"])
