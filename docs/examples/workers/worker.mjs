// Takes tasks of one type from one queue and runs them: node worker.mjs QUEUE TYPE. Node 18 alone, no packages.
const server = (process.env.MILLRACE_SERVER ?? "http://127.0.0.1:8080") + "/api/v1";
const lease = Number(process.env.LEASE ?? 30); // seconds without a sign of life after which others may take the task
const headers = { "Content-Type": "application/json" };
if (process.env.MILLRACE_KEY) headers.Authorization = "Bearer " + process.env.MILLRACE_KEY;
const [queue, type] = process.argv.slice(2);
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
let stopping = false, idle = false;

// Yours. What it returns is the result; a TypeError is never tried again, anything else that it throws is.
async function handle(payload) {
  if (!payload.name) throw new TypeError("the payload has no name");
  await pause(payload.seconds ?? 0);
  return { greeting: "Hello " + payload.name };
}

// Again until it is heard; every call under a lease may be repeated. 409 means that the lease is lost.
async function insist(path, body) {
  for (;;) {
    try {
      const answer = await fetch(server + path, { method: "POST", headers, body: JSON.stringify(body) });
      if (answer.ok) return await answer.json();
      if (answer.status < 500) return console.error("refused:", await answer.text());
    } catch (trouble) {
      console.error("trying again:", trouble.message);
    }
    await pause(1);
  }
}

async function run(token, task) {
  const keeping = setInterval(() => insist(`/leases/${token}/extend`, { lease: `PT${lease}S` }), (lease * 1000) / 3);
  let end = "complete", body;
  try {
    body = { result: await handle(task.payload) };
  } catch (e) {
    end = "fail";
    body = { type: e.name, message: e.message, retryable: !(e instanceof TypeError) };
  }
  clearInterval(keeping);
  await insist(`/leases/${token}/${end}`, body);
}

function stop() {
  stopping = true; // what runs is ended first
  if (idle) process.exit(0); // who goes away while it waits takes no task with it
}

process.on("SIGTERM", stop).on("SIGINT", stop);
console.log("ready");
while (!stopping) {
  idle = true;
  const wish = { types: [type], lease: `PT${lease}S`, wait: "PT20S", worker: `worker.mjs-${process.pid}` };
  const answer = await insist(`/queues/${queue}/leases`, wish);
  idle = false;
  for (const { token, task } of answer?.leases ?? []) await run(token, task);
}
