import { channel } from 'node:diagnostics_channel';
import type { Duplex } from 'node:stream';
import { type Dispatcher, ping, WebSocket } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../../ports/ports.ts';

/** One connection of Socket Mode that Slack has greeted. */
export type Link = {
  /** Resolves with the reason once Slack wants us elsewhere, or once it is over. */
  readonly leaving: Promise<string>;
  isOpen(): boolean;
  /** False where nothing can be sent any more. */
  send(message: object): boolean;
  /** Says goodbye; a peer that does not answer is cut off. */
  close(): void;
};

export type LinkTimes = {
  /** From the first byte to Slack's `hello`. */
  helloWithinMs: number;
  pingEveryMs: number;
  goodbyeMs: number;
};

export const LINK_TIMES: LinkTimes = { helloWithinMs: 10_000, pingEveryMs: 5_000, goodbyeMs: 2_000 };

/** So many pings without a sign of life, and the connection counts as dead. */
const UNANSWERED_MAX = 3;

export class LinkFault extends Error {
  override name = 'LinkFault';
  constructor(readonly code: 'no_hello' | 'not_connected') {
    super(code);
  }
}

type Parts = {
  dispatcher: Dispatcher;
  clock: Clock;
  times: LinkTimes;
  onMessage: (message: Record<string, unknown>, link: Link) => void;
  /** It is gone, whatever the reason. */
  onOver: (link: Link) => void;
};

/** Connects, and resolves once Slack has said hello. Rejects with a `LinkFault`. */
export function openLink(url: string, { dispatcher, clock, times, onMessage, onOver }: Parts): Promise<Link> {
  return new Promise((resolve, reject) => {
    let socket: Duplex | null = null;
    const caught = catching(dispatcher, (upgraded) => {
      socket = upgraded;
    });
    const websocket = new WebSocket(url, { dispatcher: caught });
    let leave: (reason: string) => void = () => {};
    const leaving = new Promise<string>((given) => {
      leave = given;
    });
    const isOpen = () => websocket.readyState === WebSocket.OPEN;
    const heart = createHeart(websocket, { clock, everyMs: times.pingEveryMs, onDead: () => end('no sign of life') });
    let isOver = false;

    const end = (reason: string) => {
      if (isOver) return;
      isOver = true;
      heart.stop();
      takeBack();
      websocket.close();
      socket?.destroy();
      leave(reason);
      onOver(link);
      reject(new LinkFault(reason === 'no_hello' ? 'no_hello' : 'not_connected'));
    };
    const takeBack = clock.after(times.helloWithinMs, () => end('no_hello'));
    const link: Link = {
      leaving,
      isOpen,
      send(message) {
        if (!isOpen()) return false;
        websocket.send(JSON.stringify(message));
        return true;
      },
      close() {
        if (isOver) return;
        websocket.close(1000);
        clock.after(times.goodbyeMs, () => end('closed by us'));
      },
    };

    websocket.addEventListener('open', () => heart.start());
    websocket.addEventListener('close', () => end('closed'));
    websocket.addEventListener('error', () => end('broken'));
    websocket.addEventListener('message', ({ data }) => {
      heart.beat();
      const message = messageIn(data);
      if (message?.type === 'hello') {
        takeBack();
        resolve(link);
      } else if (message?.type === 'disconnect') leave(String(message.reason));
      else if (message) onMessage(message, link);
    });
  });
}

const object = z.record(z.string(), z.unknown());

/** Null for what is no message of Slack's: a binary frame, no JSON, no object. */
function messageIn(data: unknown): Record<string, unknown> | null {
  try {
    return typeof data === 'string' ? (object.safeParse(JSON.parse(data)).data ?? null) : null;
  } catch {
    return null;
  }
}

const PINGS = channel('undici:websocket:ping');
const PONGS = channel('undici:websocket:pong');

type Heart = { start(): void; beat(): void; stop(): void };

/** Pings, and counts the pings after which nothing was heard: neither a pong nor anything else. */
function createHeart(
  websocket: WebSocket,
  { clock, everyMs, onDead }: { clock: Clock; everyMs: number; onDead: () => void },
): Heart {
  let unanswered = 0;
  let takeBack = () => {};
  const beat = () => {
    unanswered = 0;
  };
  // undici tells of every connection of the process here.
  const onFrame = (message: unknown) => {
    if ((message as { websocket?: unknown }).websocket === websocket) beat();
  };
  const next = () => {
    takeBack = clock.after(everyMs, () => {
      if (unanswered >= UNANSWERED_MAX) return onDead();
      unanswered += 1;
      if (websocket.readyState === WebSocket.OPEN) ping(websocket);
      next();
    });
  };
  return {
    start() {
      for (const frames of [PINGS, PONGS]) frames.subscribe(onFrame);
      next();
    },
    beat,
    stop() {
      for (const frames of [PINGS, PONGS]) frames.unsubscribe(onFrame);
      takeBack();
    },
  };
}

/** Hands out the socket below a websocket, which undici hides: a peer that does not say goodbye has to be cut off. */
function catching(dispatcher: Dispatcher, caught: (socket: Duplex) => void): Dispatcher {
  return dispatcher.compose((dispatch) => (options, handler) => {
    const upgrade = handler.onRequestUpgrade?.bind(handler);
    handler.onRequestUpgrade = (controller, status, headers, socket) => {
      caught(socket);
      return upgrade?.(controller, status, headers, socket);
    };
    return dispatch(options, handler);
  });
}
