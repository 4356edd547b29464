import type { LocalSlackContext } from '../context.ts';
import type { Json } from '../workspace.ts';
import { eventEnvelope, JSON_TYPE } from './payloads.ts';
import type { Outcome } from './postman.ts';

/**
 * Delivers an event if the manifest subscribes to it. Answers after the first attempt; up to three more follow in the
 * background, at once, after a minute and after five, with the same `event_id`.
 */
export async function deliverEvent(context: LocalSlackContext, event: Json): Promise<void> {
  const type = String(event.type);
  if (!context.manifest.events.includes(type)) return;
  const body = JSON.stringify(eventEnvelope(context, event));
  const outcome = await context.postman.send('event', body, { contentType: JSON_TYPE });
  const reason = retryReason(outcome);
  if (reason === null) return;
  context.addViolation(`The app did not take the event ${type} (${reason}); it is sent again.`);
  context.background(retry(context, { body, type, reason }));
}

async function retry(context: LocalSlackContext, first: { body: string; type: string; reason: string }) {
  let { reason } = first;
  for (const [index, delayMs] of context.eventRetriesMs.entries()) {
    await context.wait(delayMs);
    const headers = { 'x-slack-retry-num': String(index + 1), 'x-slack-retry-reason': reason };
    const outcome = await context.postman.send('event', first.body, { contentType: JSON_TYPE, headers });
    const again = retryReason(outcome);
    if (again === null) return;
    reason = again;
  }
  context.addViolation(`The app never took the event ${first.type} (${reason}); Slack has given it up.`);
}

/** Null when the event has arrived, or when the app asked not to be sent it again. */
function retryReason(outcome: Outcome): string | null {
  switch (outcome.answer) {
    case 'acked':
      return null;
    case 'refused':
      return outcome.noRetry ? null : 'http_error';
    case 'late':
      return 'http_timeout';
    case 'unreachable':
      return 'connection_failed';
  }
}
