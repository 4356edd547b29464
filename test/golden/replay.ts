import type { Clock } from '../../src/ports/ports.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { fresh, send } from '../matrix/forge.ts';
import { linesSince, openOrganisation } from '../matrix/organisation.ts';
import type { Stores } from '../support/world.ts';
import type { Golden, Replied, Sent } from './golden.ts';
import { typedAnew } from './payloads.ts';

/** So long after the last of it was stored. */
const LATER_MS = 60_000;
/** A bug of ours, whatever was sent. */
const BUGS = /^(TypeError|RangeError|ReferenceError|AssertionError|Error)$/;

/** Clicks all of it again, on what was stored then; what this version says to each, and the bugs that it met. */
export async function replay(
  stores: Stores,
  { madeAt, sent }: Pick<Golden, 'madeAt'> & { sent: readonly Sent[] },
): Promise<{ answers: Replied[]; bugs: unknown[] }> {
  const begunAt = performance.now();
  const clock: Clock = { ...realClock, now: () => Math.round(madeAt + LATER_MS + performance.now() - begunAt) };
  const org = await openOrganisation({ ...stores, clock });
  try {
    const answers: Replied[] = [];
    for (const { id, payload } of sent) {
      const before = { calls: org.slack.calls.length, seq: org.world.book.now().seq };
      await send(org, fresh(typedAnew(payload)));
      const lines = (await linesSince(org, before.seq)).map(({ kind }) => kind);
      const isForm = payload.type === 'view_submission';
      answers.push({ id, answered: isForm || org.slack.calls.length > before.calls, lines });
    }
    return { answers, bugs: org.errors.filter(({ name }) => BUGS.test(String(name))) };
  } finally {
    await org.stop();
  }
}
