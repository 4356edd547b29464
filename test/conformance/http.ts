import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { CREDITS, type Entry, type KitLedger, type Posted } from './kit.ts';

/** Four endpoints for whoever brings the real kit. For tests alone: nothing in `src` knows of them. */

const BODY_BYTES_MAX = 1_000_000;

const transaction = z.object({
  idempotencyKey: z.string().min(1),
  transactionId: z.string(),
  allowOverdraft: z.boolean().default(false),
  legs: z.array(
    z.object({
      accountId: z.string(),
      type: z.enum(['DEBIT', 'CREDIT']),
      amountSubunits: z.number(),
      currency: z.string(),
    }),
  ),
});

/** On a loopback port that the system chooses. */
export async function serveKit(ledger: KitLedger): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(ledger, request).then(
      ({ status, body }) => reply(response, status, body),
      // Something in front of the ledger, or behind it: the kit tries again.
      (error: unknown) => reply(response, 503, { error: String(error) }),
    );
  });
  // The kit opens hundreds of connections in one moment.
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 8_192 }, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answered = { status: number; body: unknown };

async function answer(ledger: KitLedger, request: IncomingMessage): Promise<Answered> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  switch (`${request.method} ${pathname}`) {
    case 'POST /_lck/reset':
      await ledger.reset();
      return { status: 200, body: {} };
    case 'POST /_lck/post': {
      const read = transaction.safeParse(parsed(await bodyOf(request)));
      if (!read.success) return { status: 400, body: { error: z.prettifyError(read.error) } };
      return { status: 200, body: await ledger.post(read.data) };
    }
    case 'GET /_lck/balance': {
      const [account, currency] = [searchParams.get('account') ?? '', searchParams.get('currency') ?? CREDITS];
      return { status: 200, body: { subunits: await ledger.balance(account, currency) } };
    }
    case 'GET /_lck/journal':
      return { status: 200, body: await ledger.journal() };
    default:
      return { status: 404, body: { error: 'The four of the kit, and nothing else.' } };
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > BODY_BYTES_MAX) throw new Error('a transaction is not as long as that');
  }
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The kit's side of it: what an outsider sees of the ledger. */
export function throughHttp(url: string): KitLedger {
  const call = async (path: string, body?: unknown): Promise<unknown> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, init);
    const answered: unknown = await response.json();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answered)}`);
    return answered;
  };
  return {
    reset: async () => void (await call('/_lck/reset', {})),
    post: async (posted) => (await call('/_lck/post', posted)) as Posted,
    balance: async (account, currency = CREDITS) => {
      const query = new URLSearchParams({ account, currency });
      return ((await call(`/_lck/balance?${query.toString()}`)) as { subunits: number }).subunits;
    },
    journal: async () => (await call('/_lck/journal')) as Entry[],
  };
}
