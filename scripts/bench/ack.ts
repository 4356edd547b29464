import { type ChildProcess, fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { MEMBER, type ReceiverName, receiver, SECRET } from './receivers.ts';

const ROUNDS = 5;
const AT_ONCE = 8;

/**
 * CPU of the whole process that receives `/imagine`, over real signed HTTP, up to the ack and what the listener does
 * before it asks for the image; beside it a bare Bolt command that acks and does nothing. Microseconds a request, the
 * median of rounds that take turns.
 */
export async function ackCpu({
  requestsCount,
}: {
  requestsCount: number;
}): Promise<{ inkwellUs: number; bareUs: number }> {
  const inkwell = await startReceiver('inkwell');
  const bare = await startReceiver('bare');
  const us: Record<ReceiverName, number[]> = { inkwell: [], bare: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const receiver of [inkwell, bare]) {
      const before = await receiver.cpuUs();
      await load(receiver.port, requestsCount);
      const after = await receiver.cpuUs();
      // The first round warms up.
      if (round > 0) us[receiver.name].push((after - before) / requestsCount);
    }
  }
  inkwell.stop();
  bare.stop();
  return { inkwellUs: median(us.inkwell), bareUs: median(us.bare) };
}

/** What a child process does that was started to receive. */
export async function receive(name: string): Promise<void> {
  const server = createServer(await receiver(name === 'bare' ? 'bare' : 'inkwell'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
  process.send?.(typeof address === 'object' ? address?.port : 0);
}

async function startReceiver(name: ReceiverName) {
  const child = fork(process.argv[1] ?? '', ['--receive', name], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const port = await answerOf(child);
  return {
    name,
    port,
    async cpuUs() {
      child.send('cpu');
      return await answerOf(child);
    },
    stop: () => child.kill(),
  };
}

async function answerOf(child: ChildProcess): Promise<number> {
  const [answer] = (await once(child, 'message')) as [number];
  return answer;
}

async function load(port: number, requestsCount: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let sent = 0;
  const sender = async () => {
    while (sent < requestsCount) {
      sent += 1;
      await post(agent, port, sent);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  agent.destroy();
}

/** `/imagine`, signed as Slack signs it. */
export function post(agent: Agent, port: number, n: number): Promise<void> {
  const body = new URLSearchParams({
    team_id: 'T0',
    user_id: MEMBER,
    user_name: 'ana',
    channel_id: 'C0',
    channel_name: 'client',
    command: '/imagine',
    text: 'a red fox at dusk in the snow, long shadows --size 1024x1024 --n 2',
    api_app_id: 'A0',
    trigger_id: `${process.hrtime.bigint()}.${n}`,
    response_url: 'http://127.0.0.1:9/never',
  }).toString();
  const seconds = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac('sha256', SECRET).update(`v0:${seconds}:${body}`).digest('hex')}`;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': seconds,
    'x-slack-signature': signature,
  };
  return new Promise((resolve, reject) => {
    const sending = request(
      { agent, port, host: '127.0.0.1', path: '/slack/events', method: 'POST', headers },
      (response) => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`)),
        );
      },
    );
    sending.on('error', reject);
    sending.end(body);
  });
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
