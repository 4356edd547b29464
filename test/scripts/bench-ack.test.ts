import { once } from 'node:events';
import { Agent, createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { post } from '../../scripts/bench/ack.ts';
import { type ReceiverName, receiver } from '../../scripts/bench/receivers.ts';

describe.each<ReceiverName>(['inkwell', 'bare'])('the receiver %s of the bench', (name) => {
  const agent = new Agent({ keepAlive: true });
  const server = createServer();
  let port = 0;

  beforeAll(async () => {
    server.on('request', await receiver(name));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  });

  afterAll(() => {
    agent.destroy();
    server.close();
  });

  test('acknowledges what is measured', async () => {
    await expect(post(agent, port, 1)).resolves.toBeUndefined();
  });
});
