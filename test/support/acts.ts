import { type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import { CHANNEL, type TestWorld } from './world.ts';

const work = { model: 'sketch', size: 's', quality: 'q', stage: 'concept', rateCardId: 'r', boundMicroUsd: 1 } as const;

/** What people do in the world of a test, straight at its book. Throws where the ledger refuses it. `name` begins the commands’ ids. */
export function actsIn(world: () => TestWorld, name = 'as') {
  let ids = 0;

  async function as(by: string, ...wishes: readonly CommandBody[]): Promise<void> {
    for (const wish of wishes) {
      const answer = await world().book.submit({ commandId: `${name}-${++ids}`, by, ...wish });
      if (!answer.ok) throw new Error(`${wish.kind}: ${JSON.stringify(answer.refusal)}`);
    }
  }

  /** Has an image made and charged in a channel. Returns its hold's id. */
  async function spend(by: string, credits: number, channelId = CHANNEL, model: string = work.model): Promise<string> {
    const commandId = `spend-${++ids}`;
    const hold: CommandBody = {
      kind: 'hold',
      imagesCount: 1,
      eachCredits: credits,
      channelId,
      threadTs: null,
      projectId: null,
      work: { ...work, model },
      timeoutMs: 60_000,
      contentDigest: 'd',
    };
    const answer = await world().book.submit({ commandId, by, ...hold });
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    await as(INKWELL, { kind: 'capture', holdId: `${commandId}/1`, capturedCredits: credits, costMicroUsd: 3 });
    return `${commandId}/1`;
  }

  return { as, spend };
}
