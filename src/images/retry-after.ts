/** How long an answer asks to wait, in ms; null where it says nothing that makes sense. */
export function namedWaitMs(headers: Pick<Headers, 'get'> | null, nowMs: number): number | null {
  const get = (name: string) => headers?.get(name)?.trim() ?? '';
  const said = [
    figure(get('retry-after-ms')),
    seconds(get('retry-after')),
    untilDate(get('retry-after'), get('date'), nowMs),
    figure(get('x-ms-retry-after-ms')),
    resetMs(get),
  ].find((ms) => ms !== null && ms > 0);
  return said === undefined || said === null ? null : Math.min(Math.ceil(said), WAIT_MAX_MS);
}

/** Beyond this nothing waits, and numbers stay whole. */
const WAIT_MAX_MS = 400 * 86_400_000;

const figure = (text: string): number | null => (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null);

function seconds(text: string): number | null {
  const value = figure(text);
  return value === null ? null : value * 1000;
}

/** Held against the answer's own date, where it has one: then it does not matter whose clock is wrong. */
function untilDate(text: string, sentAt: string, nowMs: number): number | null {
  if (!/[a-z]{3}/i.test(text)) return null;
  const until = Date.parse(text);
  if (Number.isNaN(until)) return null;
  const sent = Date.parse(sentAt);
  return until - (Number.isNaN(sent) ? nowMs : sent);
}

/** When what is used up comes back: the latest, where both are. */
function resetMs(get: (name: string) => string): number | null {
  const resets = ['requests', 'tokens'].flatMap((what) => {
    const isLeft = Number(get(`x-ratelimit-remaining-${what}`)) > 0;
    const reset = get(`x-ratelimit-reset-${what}`);
    return isLeft ? [] : (span(reset) ?? seconds(reset) ?? []);
  });
  return resets.length > 0 ? Math.max(...resets) : null;
}

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `6m0s`, `1.5s`, `20ms`. */
function span(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text)) return null;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  return parts.reduce((sum, [, value, unit]) => sum + Number(value) * (UNITS_MS[unit ?? ''] ?? 0), 0);
}
