import { accountsOf } from '../../src/ledger/accounts.ts';
import { modelOf, NEEDED_TEXT, NEEDED_WHOLE } from '../../src/storage/mongo/model.ts';
import type { Mongo } from '../../src/storage/mongo/open.ts';
import { imageCommands } from './workload.ts';

type Budget = { _id: string; left: number };
type Entry = { commandId: string; kind: string; credits: number };

const ROOM_CREDITS = 1_000_000_000;

/** How it is mostly done: for each account an update that takes credits where enough are left, and one insert. */
export async function usualWay(mongo: Mongo) {
  const budgets = modelOf<Budget>(mongo, 'usual_budgets', { _id: NEEDED_TEXT, left: NEEDED_WHOLE });
  const entries = modelOf<Entry>(
    mongo,
    'usual_entries',
    { commandId: NEEDED_TEXT, kind: NEEDED_TEXT, credits: NEEDED_WHOLE },
    { indexes: [{ keys: { commandId: 1 }, unique: true }] },
  );
  await entries.createIndexes();
  const known = new Set<string>();

  async function take(accounts: readonly string[], credits: number) {
    for (const _id of accounts) {
      if (!known.has(_id)) {
        known.add(_id);
        await budgets.updateOne({ _id }, { $setOnInsert: { left: ROOM_CREDITS } }, { upsert: true });
      }
      await budgets.updateOne({ _id, left: { $gte: credits } }, { $inc: { left: -credits } });
    }
  }

  return {
    async images({ from, count, people }: { from: number; count: number; people: number }): Promise<void> {
      let next = from;
      const person = async () => {
        while (next < from + count) {
          const { hold, capture } = imageCommands(next);
          next += 1;
          if (hold.command.kind !== 'hold' || capture.command.kind !== 'capture') throw new Error('no image');
          const { by: memberId, channelId, eachCredits } = hold.command;
          const clientId = `client-${channelId.slice(1)}`;
          const accounts = accountsOf({ memberId, teamIds: [], clientId, projectId: null });
          await take(accounts, eachCredits);
          await entries.create({ commandId: hold.command.commandId, kind: 'hold', credits: eachCredits });
          await take(accounts, capture.command.capturedCredits - eachCredits);
          const { commandId, capturedCredits: credits } = capture.command;
          await entries.create({ commandId, kind: 'capture', credits });
        }
      };
      await Promise.all(Array.from({ length: people }, person));
    },
  };
}
