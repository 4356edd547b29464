import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { answeredBy, answerTo, halfOf, onMessages, type Request, requestIn, withMore } from './op-msg.ts';

/** What happens to one command on its way. */
export type WireFault =
  /** The connection breaks, and nothing has arrived. */
  | 'cut'
  /** It arrives and is done; the connection breaks before the answer. */
  | 'lose_the_answer'
  /** Done; but a majority did not confirm in time. */
  | 'no_majority'
  /** The first half of its documents arrives; the answer is the server's, for half. */
  | 'half'
  /** The first half of its documents arrives, and the connection breaks. */
  | 'half_and_cut'
  /** It arrives and is done, and from then on nothing is answered any more. */
  | 'fall_silent'
  /** It arrives so much later, whether or not anybody waits any more. */
  | { delayMs: number }
  /** Answered by an error after none, half or all of it was done. */
  | { code: number; codeName: string; done?: 'half' | 'all' };

export type MongoProxy = {
  /** The server's address with this proxy in it. */
  uri: string;
  /** What happens to the next command of that name. */
  next(commandName: string, fault: WireFault): void;
  /** How many planned faults have not happened yet. */
  readonly planned: number;
  /** Breaks every connection and takes no new one. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  /** From now on takes everything and answers nothing. */
  fallSilent(silent: boolean): void;
  close(): Promise<void>;
};

type Network = { silent: boolean; take(commandName: string): WireFault | null; sockets: Set<Socket> };

/** Between driver and server: reads the wire protocol (OP_MSG) as it passes, and is the network on a bad day. */
export async function startMongoProxy(serverUri: string): Promise<MongoProxy> {
  const target = new URL(serverUri.replace('mongodb:', 'http:'));
  const faults = new Map<string, WireFault[]>();
  const network: Network = { silent: false, take: (name) => faults.get(name)?.shift() ?? null, sockets: new Set() };
  const listen = async (port: number) => {
    const proxy = createServer((client) => relay(client, connect(Number(target.port), target.hostname), network));
    proxy.listen(port, '127.0.0.1');
    await once(proxy, 'listening');
    return proxy;
  };
  let proxy = await listen(0);
  const { port } = proxy.address() as { port: number };
  const goAway = async () => {
    for (const socket of network.sockets) socket.destroy();
    if (proxy.listening) await new Promise((resolve) => proxy.close(resolve));
  };
  return {
    uri: serverUri.replace(target.host, `127.0.0.1:${port}`),
    next: (name, fault) => void faults.set(name, [...(faults.get(name) ?? []), fault]),
    get planned() {
      return [...faults.values()].flat().length;
    },
    goAway,
    async comeBack() {
      proxy = await listen(port);
    },
    fallSilent(silent) {
      network.silent = silent;
    },
    close: goAway,
  };
}

function relay(client: Socket, server: Socket, network: Network): void {
  /** What becomes of the answer to a request. */
  const answers = new Map<number, (answer: Buffer) => Buffer | null>();
  let held = 0;
  for (const socket of [client, server]) {
    network.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => network.sockets.delete(socket));
  }
  server.on('close', () => client.destroy());
  // What is held up on its way still arrives, although no one waits for it.
  client.on('close', () => held === 0 && server.end());

  const send = (bytes: Buffer) => void (server.writable && server.write(bytes));
  const cut = () => {
    client.destroy();
    return null;
  };
  const meet = (request: Request, fault: WireFault, bytes: Buffer) => {
    if (fault === 'cut') return void cut();
    if (fault === 'half') return send(halfOf(request));
    if (fault === 'fall_silent') {
      network.silent = true;
      return send(bytes);
    }
    if (fault === 'lose_the_answer' || fault === 'half_and_cut') {
      answers.set(request.id, cut);
      return send(fault === 'half_and_cut' ? halfOf(request) : bytes);
    }
    if (fault === 'no_majority') {
      answers.set(request.id, (answer) => withMore(answer, NO_MAJORITY));
      return send(bytes);
    }
    if ('delayMs' in fault) {
      held += 1;
      return void setTimeout(() => {
        held -= 1;
        send(bytes);
      }, fault.delayMs);
    }
    const { done, ...error } = fault;
    const refusal = answerTo(request.id, { ok: 0, errmsg: error.codeName, ...error });
    if (!done) return void client.write(refusal);
    answers.set(request.id, () => refusal);
    send(done === 'half' ? halfOf(request) : bytes);
  };

  onMessages(client, (bytes) => {
    if (network.silent) return;
    const request = requestIn(bytes);
    const fault = request && network.take(request.name);
    if (request && fault) meet(request, fault, bytes);
    else send(bytes);
  });
  onMessages(server, (bytes) => {
    if (network.silent) return;
    const change = answers.get(answeredBy(bytes));
    const answer = change ? change(bytes) : bytes;
    if (answer && client.writable) client.write(answer);
  });
}

const NO_MAJORITY = {
  writeConcernError: { code: 64, codeName: 'WriteConcernTimeout', errmsg: 'waiting for replication timed out' },
};
