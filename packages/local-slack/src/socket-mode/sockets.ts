import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Outcome } from '../deliveries/postman.ts';
import type { ApiFault } from '../faults.ts';
import type { Ids } from '../ids.ts';
import type { Json } from '../workspace.ts';
import { ackIn, type Envelope } from './envelope.ts';

/** What tests can do to the connections of Socket Mode. */
export type SocketControls = {
  /** Connections that have had their `hello`. */
  readonly open: number;
  /** How many there have been since the start. */
  readonly opened: number;
  /** Tells connections to go elsewhere, and closes them so much later; null leaves that to the app. */
  refresh(options?: { reason?: 'refresh_requested' | 'warning'; closeAfterMs?: number | null; only?: 'oldest' }): void;
  /** Breaks every connection without a goodbye. */
  cut(): void;
  /** Whether pings are answered. */
  answerPings(answer: boolean): void;
  /** Whether a new connection is greeted. */
  sayHello(say: boolean): void;
  /** Writes exactly this to every connection. */
  say(text: string): void;
};

export type Sockets = {
  controls: SocketControls;
  /** For `apps.connections.open`: an address that lets one connection in, once. */
  address(origin: string): string;
  /** For the server's `upgrade`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends an envelope over one connection, and waits for its ack. */
  deliver(envelope: Envelope, signal: AbortSignal): Promise<Outcome>;
  close(): void;
};

type Link = { socket: WebSocket; leaving: boolean };
/** By envelope id: Slack takes an ack over any connection. */
type Acks = Map<string, (outcome: Outcome) => void>;

type Parts = {
  ids: Ids;
  appId: string;
  takeFault: () => ApiFault | null;
  wait: (ms: number) => Promise<void>;
};

/** Slack's: connections of one app at a time. */
const CONNECTIONS_MAX = 10;
const PATH = '/link/';
/** Told in `hello`; when a connection is refreshed is up to the test. */
const CONNECTION_TIME_S = 18_060;

export function createSockets({ ids, appId, takeFault, wait }: Parts): Sockets {
  const server = new WebSocketServer({ noServer: true, autoPong: false });
  const tickets = new Set<string>();
  const links = new Set<Link>();
  const acks: Acks = new Map();
  const behaviour: Behaviour = { pongs: true, hello: true, opened: 0 };
  let turn = 0;

  const greet = (socket: WebSocket) => {
    const link: Link = { socket, leaving: false };
    socket.on('ping', (bytes) => behaviour.pongs && socket.pong(bytes));
    socket.on('error', () => socket.terminate());
    socket.on('message', (bytes) => {
      const ack = ackIn(String(bytes));
      if (ack) acks.get(ack.envelopeId)?.(ack.outcome);
    });
    socket.on('close', () => links.delete(link));
    if (!behaviour.hello) return;
    links.add(link);
    behaviour.opened += 1;
    const debug = { host: 'local', build_number: 1, approximate_connection_time: CONNECTION_TIME_S };
    send(link, { type: 'hello', num_connections: links.size, debug_info: debug, connection_info: { app_id: appId } });
  };

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const fault = takeFault();
    if (fault === 'cut_before_effect') return void socket.destroy();
    if (typeof fault === 'object' && fault && 'delayMs' in fault) await wait(fault.delayMs);
    const status = typeof fault === 'object' && fault && 'status' in fault ? fault.status : null;
    if (status !== null || !tickets.delete(request.url ?? '') || links.size >= CONNECTIONS_MAX) {
      return void socket.end(`HTTP/1.1 ${status ?? 403} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
    }
    server.handleUpgrade(request, socket, head, (open) => {
      if (fault === 'lose_the_answer') return open.terminate();
      greet(open);
    });
  };

  return {
    controls: controlsOf(links, behaviour),
    address(origin) {
      const ticket = `${PATH}?ticket=${ids.secret()}&app_id=${appId}`;
      tickets.add(ticket);
      return `${origin.replace(/^http/, 'ws')}${ticket}`;
    },
    upgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      void upgrade(request, socket, head).catch(() => socket.destroy());
    },
    async deliver(envelope, signal) {
      // Slack sends to any connection; one that it told to leave is not given more where there is another.
      const open = [...links].filter(({ socket }) => socket.readyState === socket.OPEN);
      const staying = open.filter(({ leaving }) => !leaving);
      const chosen = staying.length > 0 ? staying : open;
      turn += 1;
      const link = chosen[turn % chosen.length];
      if (!link) return { answer: 'unreachable' };
      const sent = { ...envelope, envelope_id: ids.secret() };
      const acked = ackOf(acks, sent.envelope_id, signal);
      send(link, sent);
      return await acked;
    },
    close() {
      for (const { socket } of links) socket.terminate();
      server.close();
    },
  };
}

type Behaviour = { pongs: boolean; hello: boolean; opened: number };

function controlsOf(links: ReadonlySet<Link>, behaviour: Behaviour): SocketControls {
  return {
    get open() {
      return links.size;
    },
    get opened() {
      return behaviour.opened;
    },
    refresh({ reason = 'refresh_requested', closeAfterMs = 0, only } = {}) {
      const chosen = [...links].slice(0, only ? 1 : undefined);
      for (const link of chosen) {
        link.leaving = true;
        send(link, { type: 'disconnect', reason, debug_info: { host: 'local' } });
        if (closeAfterMs !== null) setTimeout(() => link.socket.close(), closeAfterMs).unref();
      }
    },
    cut: () => {
      for (const { socket } of links) socket.terminate();
    },
    answerPings: (answer) => {
      behaviour.pongs = answer;
    },
    sayHello: (say) => {
      behaviour.hello = say;
    },
    say: (text) => {
      for (const { socket } of links) socket.send(text);
    },
  };
}

function ackOf(acks: Acks, envelopeId: string, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    const end = (outcome: Outcome) => {
      acks.delete(envelopeId);
      signal.removeEventListener('abort', late);
      resolve(outcome);
    };
    const late = () => end({ answer: 'late' });
    signal.addEventListener('abort', late);
    acks.set(envelopeId, end);
  });
}

const send = ({ socket }: Link, message: Json) => socket.send(JSON.stringify(message));
