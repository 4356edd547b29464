import type { Announced, Card } from '../../src/app/messenger.ts';
import type { TestWorld } from './world.ts';

/**
 * Slack takes the first post of each card that stands once, and its answer is lost. Posted again it answers with that message,
 * which says what was true at first.
 */
export function loseAnswers(world: TestWorld): void {
  const { postCard } = world.messenger;
  const stands = new Map<string, Announced & { kind: 'posted' }>();
  world.messenger.postCard = async (to: string, card: Card, onceKey: string | undefined): Promise<Announced> => {
    const earlier = stands.get(onceKey ?? '');
    if (earlier) return { ...earlier, isEarlier: true };
    const posted = await postCard(to, card, onceKey);
    if (posted.kind !== 'posted') return posted;
    stands.set(onceKey ?? '', posted);
    return { kind: 'failed', code: 'lost' };
  };
}
