import { CREDITS, type Entry, type KitLedger, type Leg, type Posted, signed, type Transaction } from './kit.ts';
import type { BookLedger } from './on-the-book.ts';

/** What was found, with figures; `held`: whether it is as it must be. */
export type Finding = { held: boolean; detail: string };

export type Invariant = {
  id: string;
  title: string;
  needs?: 'HASH_CHAIN' | 'OVERDRAFT_GUARD' | 'COMPENSATION' | 'REPLAY';
  /** `times`: the load, in multiples of the kit's. */
  check(ledger: KitLedger & Partial<Pick<BookLedger, 'rebuilt'>>, times: number): Promise<Finding>;
};

/** The fifteen, restated: each on a ledger that was just emptied. */
export const INVARIANTS: readonly Invariant[] = [
  {
    id: '01',
    title: 'every transaction balances',
    async check(ledger, times) {
      await seed(ledger, 'acct:a', 10_000);
      await atOnce(5 * times, (index) => transfer(ledger, `t-${index}`, 'acct:a', 'acct:b', 1 + index));
      await transfer(ledger, 'out', 'acct:a', 'external:spent', 7);
      const nets = new Map<string, number>();
      for (const entry of await ledger.journal()) {
        nets.set(entry.transactionId, (nets.get(entry.transactionId) ?? 0) + signed(entry));
      }
      const unbalanced = [...nets.values()].filter((net) => net !== 0).length;
      return found(unbalanced === 0 && nets.size === 5 * times + 2, `${unbalanced} of ${nets.size} do not balance`);
    },
  },
  {
    id: '02',
    title: 'the journal is append-only',
    async check(ledger, times) {
      await seed(ledger, 'acct:a', 10_000);
      await atOnce(10 * times, (index) => transfer(ledger, `t-${index}`, 'acct:a', 'acct:b', 3));
      const before = await ledger.journal();
      await atOnce(10 * times, (index) => transfer(ledger, `u-${index}`, 'acct:b', 'acct:a', 2));
      await transfer(ledger, 'out', 'acct:a', 'external:spent', 7);
      const after = await ledger.journal();
      const same = JSON.stringify(after.slice(0, before.length)) === JSON.stringify(before);
      return found(
        same && after.length === before.length + 20 * times + 2,
        `${before.length} entries, then ${after.length}, the first ${same ? 'the same' : 'not the same'}`,
      );
    },
  },
  {
    id: '03',
    title: 'a declared hash chain is intact',
    needs: 'HASH_CHAIN',
    async check(ledger, times) {
      await seed(ledger, 'acct:a', 10_000 * times);
      await atOnce(20 * times, (index) =>
        transfer(ledger, `c-${index}`, 'acct:a', index % 3 === 0 ? 'external:spent' : 'acct:b', 10),
      );
      const entries = await ledger.journal();
      const loose = entries.filter(({ prevHash }, index) => prevHash !== (entries[index - 1]?.entryHash ?? '')).length;
      const hashes = new Set(entries.map(({ entryHash }) => entryHash));
      return found(
        loose === 0 && !hashes.has('') && hashes.size === entries.length && entries.length === 40 * times + 2,
        `${loose} of ${entries.length} entries do not follow the one before, ${hashes.size} hashes`,
      );
    },
  },
  {
    id: '04',
    title: 'a duplicate submission changes nothing',
    async check(ledger, times) {
      await seed(ledger, 'acct:a', 10_000);
      const once = ['acct:b', 'external:spent'].map(
        (to, index) => () => transfer(ledger, `dup-${index}`, 'acct:a', to, 2_500),
      );
      for (const post of once) await post();
      const before = await ledger.journal();
      const again: Posted[] = [];
      for (let count = 0; count < times; count += 1) for (const post of once) again.push(await post());
      const [entries, b] = [(await ledger.journal()).length - before.length, await ledger.balance('acct:b')];
      const duplicates = count(again, 'DUPLICATE');
      return found(
        entries === 0 && b === 2_500 && duplicates === 2 * times,
        `${duplicates} of ${2 * times} called duplicates, ${entries} new entries, balance ${b}`,
      );
    },
  },
  {
    id: '05',
    title: 'concurrent duplicates of one key apply once',
    async check(ledger, times) {
      await seed(ledger, 'acct:a', 100_000);
      const posted = await atOnce(64 * times, () => transfer(ledger, 'race', 'acct:a', 'acct:b', 2_500));
      const spent = await atOnce(64 * times, () => transfer(ledger, 'race-out', 'acct:a', 'external:spent', 2_500));
      const [b, out] = [await ledger.balance('acct:b'), await ledger.balance('external:spent')];
      const once = [posted, spent].every(
        (each) => count(each, 'APPLIED') === 1 && count(each, 'DUPLICATE') === 64 * times - 1,
      );
      return found(
        once && b === 2_500 && out === 2_500,
        `${count(posted, 'APPLIED')} and ${count(spent, 'APPLIED')} of ${64 * times} applied; balances ${b}, ${out}`,
      );
    },
  },
  {
    id: '06',
    title: 'no update is lost on a hot account',
    async check(ledger, times) {
      const posted = await atOnce(500 * times, (index) =>
        transfer(ledger, `hot-${index}`, 'external:funding', 'acct:hot', 100),
      );
      const [hot, outside] = [await ledger.balance('acct:hot'), await ledger.balance('external:funding')];
      const expected = 50_000 * times;
      return found(
        hot === expected && outside === -expected && count(posted, 'APPLIED') === 500 * times,
        `${posted.length} credits at once: balance ${hot}, expected ${expected}; outside ${outside}`,
      );
    },
  },
  {
    id: '07',
    title: 'value is conserved under concurrent transfers',
    async check(ledger, times) {
      const accounts = Array.from({ length: 8 }, (_, index) => `acct:${index}`);
      for (const each of accounts) await seed(ledger, each, 10_000);
      const sum = async () =>
        (await Promise.all(accounts.map((each) => ledger.balance(each)))).reduce((a, b) => a + b, 0);
      const opening = await sum();
      const posted = await atOnce(400 * times, (index) =>
        transfer(ledger, `mv-${index}`, `acct:${index % 8}`, `acct:${(index + 3) % 8}`, 100),
      );
      const closing = await sum();
      const least = Math.min(...(await Promise.all(accounts.map((each) => ledger.balance(each)))));
      return found(
        closing === opening && least >= 0,
        `${opening}, after ${count(posted, 'APPLIED')} of ${posted.length} transfers ${closing}; the least ${least}`,
      );
    },
  },
  {
    id: '08',
    title: 'balance = projection of the journal',
    async check(ledger, times) {
      await seed(ledger, 'acct:a', 50_000 * times);
      await atOnce(100 * times, (index) => transfer(ledger, `p-${index}`, 'acct:a', 'acct:b', 50));
      await atOnce(100 * times, (index) => transfer(ledger, `q-${index}`, 'acct:a', 'external:spent', 50));
      return await agree(ledger, (accountId) => ledger.balance(accountId));
    },
  },
  {
    id: '09',
    title: 'the overdraft guard holds under a concurrent drain',
    needs: 'OVERDRAFT_GUARD',
    async check(ledger, times) {
      const details: string[] = [];
      let held = true;
      // To another account, and out of the house: by moved budget, and by hold and capture.
      for (const to of ['acct:b', 'external:spent', 'both']) {
        await ledger.reset();
        await seed(ledger, 'acct:a', 10_000 * times);
        const posted = await atOnce(20 * times, (index) =>
          transfer(
            ledger,
            `drain-${index}`,
            'acct:a',
            to === 'both' ? (index % 2 === 0 ? 'acct:b' : 'external:spent') : to,
            1_000,
          ),
        );
        const [left, applied] = [await ledger.balance('acct:a'), count(posted, 'APPLIED')];
        held &&= left === 0 && applied === 10 * times && count(posted, 'REJECTED') === 10 * times;
        details.push(`${to}: ${applied} of ${posted.length}, ${left} left`);
      }
      return found(held, details.join('; '));
    },
  },
  {
    id: '10',
    title: 'no drift over many small movements',
    async check(ledger, times) {
      await seed(ledger, 'acct:a', 100_000);
      // A few at a time, as a shop would: all at once they would be a handful of writes.
      for (let done = 0; done < 1_000 * times; done += 100) {
        await atOnce(100, (index) => transfer(ledger, `penny-${done + index}`, 'acct:a', 'acct:b', 1));
      }
      const [a, b] = [await ledger.balance('acct:a'), await ledger.balance('acct:b')];
      return found(b === 1_000 * times && a === 100_000 - b, `${a} and ${b}`);
    },
  },
  {
    id: '11',
    title: 'currencies never mix in one transaction',
    async check(ledger, times) {
      await seed(ledger, 'acct:a', 10_000);
      const before = (await ledger.journal()).length;
      const pairs = [
        [CREDITS, 'EUR'],
        ['EUR', CREDITS],
        ['EUR', 'EUR'],
        ['usd', CREDITS],
      ];
      const posted = await atOnce(4 * times, (index) => {
        const [from = '', to = ''] = pairs[index % 4] ?? [];
        return ledger.post(transaction(`fx-${index}`, { from: ['acct:a', from], to: ['acct:b', to], amount: 1_000 }));
      });
      const [entries, euros] = [(await ledger.journal()).length - before, await ledger.balance('acct:b', 'EUR')];
      return found(
        count(posted, 'REJECTED') === posted.length && entries === 0 && euros === 0,
        `${count(posted, 'REJECTED')} of ${posted.length} rejected, ${entries} entries`,
      );
    },
  },
  {
    id: '12',
    title: 'a reversal compensates, never deletes',
    needs: 'COMPENSATION',
    async check(ledger, times) {
      await seed(ledger, 'acct:a', 10_000 * times);
      await atOnce(times, (index) => transfer(ledger, `orig-${index}`, 'acct:a', 'acct:b', 3_000));
      const original = await ledger.journal();
      await atOnce(times, (index) => transfer(ledger, `back-${index}`, 'acct:b', 'acct:a', 3_000));
      const after = await ledger.journal();
      const stays = JSON.stringify(after.slice(0, original.length)) === JSON.stringify(original);
      const [a, b] = [await ledger.balance('acct:a'), await ledger.balance('acct:b')];
      return found(
        stays && after.length === original.length + 2 * times && b === 0 && a === 10_000 * times,
        `${after.length - original.length} entries more, net ${b}`,
      );
    },
  },
  {
    id: '13',
    title: 'the state rebuilds exactly from the log',
    needs: 'REPLAY',
    async check(ledger, times) {
      for (let index = 0; index < 6; index += 1) await seed(ledger, `acct:${index}`, 20_000);
      await atOnce(300 * times, (index) =>
        transfer(
          ledger,
          `rb-${index}`,
          `acct:${index % 6}`,
          index % 5 === 0 ? 'external:spent' : `acct:${(index + 2) % 6}`,
          300,
        ),
      );
      const rebuilt = ledger.rebuilt ? await ledger.rebuilt() : ledger;
      const again = await agree(ledger, (accountId) => rebuilt.balance(accountId));
      const live = await agree(ledger, (accountId) => ledger.balance(accountId));
      return found(again.held && live.held, `rebuilt: ${again.detail}; live: ${live.detail}`);
    },
  },
  {
    id: '14',
    title: 'per-account order is monotonic',
    async check(ledger, times) {
      await seed(ledger, 'acct:a', 50_000);
      await atOnce(150 * times, (index) =>
        transfer(ledger, `s-${index}`, 'acct:a', index % 3 === 0 ? 'external:spent' : 'acct:b', 100),
      );
      const entries = await ledger.journal();
      const wrong = [...byAccount(entries).values()].filter(
        (all) => !all.every(({ accountSequence }, index) => accountSequence === index + 1),
      ).length;
      const ordered = entries.every(({ sequence }, index) => sequence > (entries[index - 1]?.sequence ?? 0));
      return found(wrong === 0 && ordered, `${entries.length} entries, ${wrong} accounts out of order`);
    },
  },
  {
    id: '15',
    title: 'a duplicate of a refused transaction is not reported as applied',
    needs: 'OVERDRAFT_GUARD',
    async check(ledger, times) {
      await seed(ledger, 'acct:a', 1_000);
      const posted = await atOnce(64 * times, (index) =>
        transfer(ledger, `no-${index % 2}`, 'acct:a', index % 2 === 0 ? 'acct:b' : 'external:spent', 5_000),
      );
      // Funds that come later change nothing about what was answered.
      await seed(ledger, 'acct:a', 100_000);
      const later = [
        await transfer(ledger, 'no-0', 'acct:a', 'acct:b', 5_000),
        await transfer(ledger, 'no-1', 'acct:a', 'external:spent', 5_000),
      ];
      const [all, a] = [[...posted, ...later], await ledger.balance('acct:a')];
      return found(
        count(all, 'REJECTED') === all.length && a === 101_000,
        `${count(all, 'REJECTED')} of ${all.length} rejected; balance ${a}`,
      );
    },
  },
];

const found = (held: boolean, detail: string): Finding => ({ held, detail });
const count = (posted: readonly Posted[], status: Posted['status']) =>
  posted.filter((each) => each.status === status).length;
const atOnce = <Result>(tasks: number, run: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: tasks }, (_, index) => run(index)));

let ids = 0;

/** As the kit does it: another transaction id each time, whatever the key. */
function transaction(
  idempotencyKey: string,
  {
    from: [debited, of],
    to: [credited, into],
    amount: amountSubunits,
  }: { from: [string, string]; to: [string, string]; amount: number },
): Transaction {
  ids += 1;
  const legs: Leg[] = [
    { accountId: debited, type: 'DEBIT', amountSubunits, currency: of },
    { accountId: credited, type: 'CREDIT', amountSubunits, currency: into },
  ];
  return { idempotencyKey, transactionId: `t${ids}`, allowOverdraft: debited.startsWith('external:'), legs };
}

const transfer = (ledger: KitLedger, key: string, from: string, to: string, amount: number): Promise<Posted> =>
  ledger.post(transaction(key, { from: [from, CREDITS], to: [to, CREDITS], amount }));

async function seed(ledger: KitLedger, accountId: string, amount: number): Promise<void> {
  ids += 1;
  const { status, reason } = await transfer(ledger, `seed:${accountId}:${ids}`, 'external:funding', accountId, amount);
  if (status !== 'APPLIED') throw new Error(`${accountId} could not be given ${amount}: ${reason}`);
}

/** Every account's balance against the sum of its entries. */
async function agree(ledger: KitLedger, balance: (accountId: string) => Promise<number>): Promise<Finding> {
  const projected = [...byAccount(await ledger.journal())].map(([accountId, entries]) => ({
    accountId,
    sum: entries.reduce((total, entry) => total + signed(entry), 0),
  }));
  const wrong: string[] = [];
  for (const { accountId, sum } of projected) {
    const is = await balance(accountId);
    if (is !== sum) wrong.push(`${accountId} has ${is}, the journal says ${sum}`);
  }
  return found(wrong.length === 0 && projected.length > 1, wrong.join('; ') || `${projected.length} accounts agree`);
}

function byAccount(entries: readonly Entry[]): Map<string, Entry[]> {
  const all = new Map<string, Entry[]>();
  for (const entry of entries) {
    const known = all.get(entry.accountId);
    if (known) known.push(entry);
    else all.set(entry.accountId, [entry]);
  }
  return all;
}
