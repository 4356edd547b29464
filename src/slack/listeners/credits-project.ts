import { deliveryId } from '../delivery.ts';
import type { Deps } from '../deps.ts';
import { withoutQuotes } from '../input/options.ts';
import { cleanPrompt } from '../input/typed-text.ts';
import type { Hearer } from '../reader.ts';
import { boundMessage, projectsMessage } from '../surfaces/credits-project.ts';
import { refusalMessage } from '../surfaces/refusal.ts';

/** `project`, and what follows it; null where something else was typed. */
export function projectTyped(typed: string): string | null {
  const found = /^projects?(?:\s+(.*))?$/is.exec(cleanPrompt(typed));
  return found ? withoutQuotes((found[1] ?? '').trim()).trim() : null;
}

/** Shows what a channel or thread is bound to, or binds it: `none` is nobody's name for a project that is to be bound. */
export async function creditsProject(
  { app, tell, channels }: Deps,
  { hearer, body, named }: { hearer: Hearer; body: unknown; named: string },
): Promise<void> {
  const { memberId: by, channelId, threadTs } = hearer;
  const place = threadTs === null ? 'channel' : 'thread';
  if (named === '' || channelId === null || channelId.startsWith('D')) {
    const view = await app.showProjects({ by, channelId, threadTs, typed: null });
    return void (await tell(hearer, projectsMessage(view, place)));
  }
  const project = named.toLowerCase() === 'none' ? null : named;
  const bound = await app.bindProject({ deliveryId: deliveryId(body), by, channelId, threadTs, project });
  const face = await channels.face(channelId, by);
  if (bound.ok || !('refusal' in bound)) return void (await tell(hearer, boundMessage({ face, place }, bound)));
  await tell(hearer, refusalMessage(bound.refusal, { readerId: by, face, clientName: null, helpers: [] }));
}
