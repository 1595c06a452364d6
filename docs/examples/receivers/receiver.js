// Receives signed tasks. Run: SECRET=whsec_... node receiver.js 9000
const http = require('node:http');
const crypto = require('node:crypto');

const key = Buffer.from(process.env.SECRET.replace(/^whsec_/, ''), 'base64');

function genuine(headers, body) {
  const id = headers['webhook-id'] || '';
  const sent = headers['webhook-timestamp'] || '';
  if (!/^[0-9]+$/.test(sent) || Math.abs(Date.now() / 1000 - Number(sent)) > 300) return false;
  const mac = crypto.createHmac('sha256', key).update(`${id}.${sent}.`).update(body).digest('base64');
  const expected = Buffer.from(`v1,${mac}`);
  return (headers['webhook-signature'] || '').split(' ').map((one) => Buffer.from(one))
    .some((one) => one.length === expected.length && crypto.timingSafeEqual(one, expected));
}

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks); // the bytes as they came, before anything parses them
    const known = genuine(request.headers, body);
    // webhook-id stays the same when a task comes again: remember it together with what you did.
    const answer = known ? { done: request.headers['webhook-id'], got: JSON.parse(body) } : {};
    response.writeHead(known ? 200 : 401, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer));
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening on port', server.address().port));
