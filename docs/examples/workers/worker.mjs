// Runs tasks of one type from one queue: node worker.mjs QUEUE TYPE. Node 18 alone, no packages.
const { MILLRACE_SERVER = "http://127.0.0.1:8080", MILLRACE_KEY, LEASE = "30" } = process.env;
const lease = `PT${LEASE}S`; // without a sign of life for so long others may take the task
const [queue, type] = process.argv.slice(2);
const headers = { "Content-Type": "application/json" };
if (MILLRACE_KEY) headers.Authorization = "Bearer " + MILLRACE_KEY;
const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

// Yours. What it returns is the result; a TypeError is never tried again, anything else that it throws is.
async function handle(payload) {
  if (!payload.name) throw new TypeError("the payload has no name");
  await sleep(payload.seconds ?? 0);
  return { greeting: "Hello " + payload.name };
}

// The answer; {} when the lease is lost or its end refused, nothing when it may be tried again.
async function post(path, body) {
  try {
    const url = MILLRACE_SERVER + "/api/v1" + path;
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    if (answer.ok) return await answer.json();
    console.error(path.slice(0, 20), await answer.text());
    if (path.startsWith("/leases/") && [400, 403, 404, 409, 413].includes(answer.status)) return {};
  } catch (trouble) {
    console.error(path.slice(0, 20), trouble.message);
  }
}

async function run({ token, task }) {
  const keeping = setInterval(() => post(`/leases/${token}/extend`, { lease }), (LEASE * 1000) / 3);
  const failed = (e) => ["fail", { type: e.name, message: e.message, retryable: !(e instanceof TypeError) }];
  const [end, body] = await handle(task.payload).then((result) => ["complete", { result }], failed);
  clearInterval(keeping);
  for (let pause = 1; !(await post(`/leases/${token}/${end}`, body)); pause = Math.min(2 * pause, 10))
    await sleep(pause);
}

let stopping = false, pause = 1; // what runs is ended first, and the wait for more
process.on("SIGTERM", () => (stopping = true));
console.log("ready");
while (!stopping) {
  const wish = { types: [type], lease, wait: "PT10S", worker: `worker.mjs-${process.pid}` };
  const answer = await post(`/queues/${queue}/leases`, wish);
  for (const given of answer?.leases ?? []) await run(given);
  if (!answer) await sleep(pause);
  pause = answer ? 1 : Math.min(2 * pause, 10); // ever more seldom while it is refused or not heard
}
