// The local Slack's endpoints, as `view.ts` names them.

const ROOT = '/playground';
const UNREACHABLE = 'The local Slack doesn’t answer. Is it still running?';
/** The server may wait 3 s for an app's ack; past this nothing will come. */
const PATIENCE_MS = 15_000;

export const fetchState = (as) => getJson('state', { as });
export const fetchMessages = (as, channelId, before) => getJson('messages', { as, channelId, before });
export const fetchThread = (as, channelId, ts) => getJson('thread', { as, channelId, ts });

async function getJson(name, query) {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined));
  const response = await fetch(`${ROOT}/${name}?${search}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok) throw Object.assign(new Error(`${name}: ${response.status}`), { status: response.status });
  return response.json();
}

const listeners = new Set();

/** Hears of every act that has been answered, so that the page catches up even if the event stream is down. */
export function onActed(listener) {
  listeners.add(listener);
}

/** Sends an Act; never throws: what goes wrong comes back as `{ ok: false, message }`. */
export async function act(body) {
  const answer = await post(body);
  for (const listener of listeners) listener(body, answer);
  return answer;
}

async function post(body) {
  try {
    const response = await fetch(`${ROOT}/act`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer = await response.json();
    return typeof answer?.ok === 'boolean'
      ? answer
      : { ok: false, message: `The local Slack answered ${response.status}.` };
  } catch {
    return { ok: false, message: UNREACHABLE };
  }
}

/** Calls `changed(keys)` for every event; `lost(true)` while there is no connection. Returns how to stop. */
export function listen(as, { changed, lost }) {
  const source = new EventSource(`${ROOT}/events?${new URLSearchParams({ as })}`);
  let wasLost = false;
  source.onopen = () => {
    lost(false);
    if (wasLost) changed(['all']);
    wasLost = false;
  };
  source.onerror = () => {
    wasLost = true;
    lost(true);
  };
  source.onmessage = (event) => changed(JSON.parse(event.data).changed ?? []);
  return () => source.close();
}

/** Where the picture of a `slack_file` lies, for this person's eyes. */
export function fileImageUrl(fileId, as) {
  return `/files/${encodeURIComponent(fileId)}/image?${new URLSearchParams({ as })}`;
}
