import type { LocalSlackContext } from '../context.ts';
import type { Changed } from '../view.ts';

/** Changes that come together are told together. */
const GATHER_MS = 15;
/** A comment line now and then, so that a dead connection is noticed. */
const HEARTBEAT_MS = 25_000;

/** Server-sent events that tell a person's page what to fetch again; see `Changed`. */
export function pageEvents(context: LocalSlackContext, userId: string): Response {
  let gone = () => {};
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const stop = tellChanges(context, userId, (line) => controller.enqueue(new TextEncoder().encode(`${line}\n\n`)));
      const close = () => {
        stop();
        controller.close();
      };
      context.closing.addEventListener('abort', close);
      gone = () => {
        stop();
        context.closing.removeEventListener('abort', close);
      };
    },
    cancel: () => gone(),
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' } });
}

function tellChanges(context: LocalSlackContext, userId: string, send: (line: string) => void): () => void {
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    const changed: Changed = { changed: [...pending] };
    pending.clear();
    timer = null;
    send(`data: ${JSON.stringify(changed)}`);
  };
  const unfollow = context.changes.follow((what, to) => {
    if (to !== null && !to.includes(userId)) return;
    pending.add(what);
    timer ??= setTimeout(flush, GATHER_MS);
  });
  const heartbeat = setInterval(() => send(': still here'), HEARTBEAT_MS);
  heartbeat.unref();
  pending.add('state');
  flush();
  return () => {
    unfollow();
    clearInterval(heartbeat);
    if (timer !== null) clearTimeout(timer);
  };
}
