import { foundMessage } from '../../src/slack/credits/credits-named.ts';
import type { Occasion } from './knowledge.ts';
import { CLIENTS, nameOf, type Organisation, PROJECTS, TEAMS } from './organisation.ts';
import type { Sight } from './tour.ts';

type Here = { by: string; channelId: string | null; occasion: Occasion };

/** `/credits` with every name that somebody may type, and every person that they may mention. */
export async function* namedCredits({ app, world }: Organisation, here: Here): AsyncGenerator<Sight> {
  const { by, channelId, occasion } = here;
  const names = [...CLIENTS, ...PROJECTS, ...TEAMS].map(nameOf);
  const asked = [
    ...names.map((typed) => ({ typed, memberId: null })),
    ...[...world.book.now().members.keys()].map((memberId) => ({ typed: '', memberId })),
    { typed: 'cara', memberId: null },
  ];
  for (const { typed, memberId } of asked) {
    const found = await app.findCredits({ by, channelId, typed, memberId });
    if (found.kind === 'own' || found.kind === 'report') continue;
    const view = found.kind === 'people' ? { ...found.people, look: null } : found.kind === 'person' ? null : found;
    const what = `/credits ${typed}${memberId ?? ''} in ${channelId}`;
    const lists = found.kind === 'people' || found.kind === 'person';
    yield {
      what,
      view,
      drawn: [foundMessage(found)],
      occasion: { ...occasion, typed },
      channelId,
      isPrivate: true,
      ...(lists ? { listsPeople: true } : {}),
    };
  }
}
