import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A proxy on loopback that knows CONNECT, as those of companies do. */
export type OpenProxy = {
  url: string;
  /** `host:port` of each tunnel that was asked for. */
  tunnels: string[];
  /** What it answers instead of letting anybody through; null lets through. */
  refuseWith(status: number | null): void;
  close(): Promise<void>;
};

/** `login`: `user:password` that it wants. */
export async function startProxy({ login = null }: { login?: string | null } = {}): Promise<OpenProxy> {
  const tunnels: string[] = [];
  const sockets = new Set<Duplex>();
  let refusal: number | null = null;
  const server = createServer((_, response) => void response.writeHead(405).end());
  server.on('connect', (request, client, head) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    const [host = '', port = ''] = (request.url ?? '').split(':');
    tunnels.push(request.url ?? '');
    const given = Buffer.from(
      (request.headers['proxy-authorization'] ?? '').replace('Basic ', ''),
      'base64',
    ).toString();
    const status = refusal ?? (login !== null && given !== login ? 407 : null);
    if (status !== null) return void client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const target = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy());
    client.on('close', () => target.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    url: `http://${login === null ? '' : `${login}@`}127.0.0.1:${port}`,
    tunnels,
    refuseWith: (status) => {
      refusal = status;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
