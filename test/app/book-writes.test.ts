import { describe, expect, test } from 'vitest';
import { Book } from '../../src/book/book.ts';
import { decideBatch } from '../../src/book/decide-batch.ts';
import type { Command } from '../../src/ledger/commands/commands.ts';
import { contentOf } from '../../src/ledger/lines.ts';
import type { State } from '../../src/ledger/state.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { LINE_CHAIN } from '../../src/storage/journal/line-text.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createClock, MONDAY } from '../support/clock.ts';
import { EVERY_COMMAND } from '../support/every-line.ts';
import { agency, capture, client, commandOf, grant, hold, limit, WORK, WORKSPACE } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { historyOf } from '../support/history.ts';
import { policy, project, rule, team } from '../support/wishes.ts';

const { lines: opening } = given(agency(), { ...hold(5), commandId: 'open' });

async function openBook() {
  const journal = createMemoryJournal();
  await journal.append(opening);
  const book = await Book.open({ journal, clock: createClock(), workspace: WORKSPACE });
  const lines = () => journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 1_000 });
  return { book, lines };
}

/** As a caller does that passes on what it was sent. */
const withStray = <Of extends object>(of: Of, stray: unknown = 'x'): Of => ({ ...of, stray });

const RULE = { imagesMax: 4, priceMaxCredits: null, models: null, qualities: null };
const REPEATS = { approvalsCount: 3, withinMs: 86_400_000 };
const HALF = '\ud83d';

describe('a command whose line the next check would stop at', () => {
  const bugs: [string, Command][] = [
    ['a limit with a field too many', commandOf(withStray(limit('agency', 'day', 5)), 'odd')],
    ['a grant with a field too many', commandOf(withStray(grant('client:acme', 5)), 'odd')],
    ['a client with a field too many', commandOf(withStray(client('nova')), 'odd')],
    ['a project with a date too many', commandOf(withStray(project('spring', 'acme'), new Date(0)), 'odd')],
    ['a capture with a field too many', commandOf(withStray(capture('open/1', 5)), 'odd')],
    ['a rule with a field too many in it', commandOf(rule('client:acme', withStray(RULE)), 'odd')],
    ['a rule with a date in it', commandOf(rule('client:acme', withStray(RULE, new Date(0))), 'odd')],
    [
      'a policy with a field too many in it',
      commandOf({ kind: 'set_policy', policy: withStray({ name: 'repeats' as const, value: REPEATS }) }, 'odd'),
    ],
    [
      'a policy with a field too many in its value',
      commandOf(policy('burst', withStray({ requestsMax: 5, withinMs: 60_000 })), 'odd'),
    ],
    ['a hold with a field too many in its work', commandOf(hold(1, { work: withStray(WORK) }), 'odd')],
    ['a hold for a model with half a character', commandOf(hold(1, { work: { ...WORK, model: HALF } }), 'odd')],
    ['a refused command with half a character', commandOf({ kind: 'close_client', clientId: HALF }, 'odd')],
  ];

  test.each(bugs)('%s is not written, and nothing else suffers', async (_, bug) => {
    const { book, lines } = await openBook();
    const results = await Promise.allSettled([
      book.submit(commandOf(team('film'), 't1')),
      book.submit(bug),
      book.submit(commandOf(team('print'), 't2')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { message: expect.stringContaining('must not be written') } });
    // Its id was not used: the caller may mend the command.
    expect((await book.submit(commandOf(team('web'), 'odd'))).ok).toBe(true);
    const written = await lines();
    expect(written.slice(opening.length).map(({ commandId }) => commandId)).toEqual(['t1', 't2', 'odd']);
    const verifier = new Verifier(WORKSPACE, contentHash, LINE_CHAIN);
    for (const line of written) verifier.add(line);
    expect(verifier.result()).toMatchObject({ ok: true });
  });

  test('a name with half a character is refused, and its person told why', async () => {
    const { book } = await openBook();
    expect(await book.submit(commandOf(client('nova', `Nova ${HALF}`), 'odd'))).toMatchObject({
      refusal: { reason: 'invalid', field: 'name' },
    });
  });

  test('a backslash before what looks like half a character is text as any other', async () => {
    const { book } = await openBook();
    for (const [n, name] of ['\\ud83d', '\\\\ud83d', '😀', '\\😀'].entries()) {
      expect(await book.submit(commandOf(client(`client-${n}`, name), `client-${n}`))).toMatchObject({
        line: { name },
      });
    }
  });
});

test('a field too many, wherever it is in a command of any kind, reaches no line', () => {
  const seen = new Map<string, number>();
  let before = historyOf([]);
  for (const asked of EVERY_COMMAND) {
    const command = commandOf(asked, asked.commandId ?? `c${before.state.seq + 1}`);
    const at = asked.at ?? (before.state.lastAt || MONDAY);
    for (const [where, odd] of straysIn(command, command.kind)) {
      const line = lineOf(before.state, odd as Command, at);
      expect({ where, line: JSON.stringify(line) }).not.toMatchObject({ line: expect.stringContaining('stray') });
      seen.set(command.kind, (seen.get(command.kind) ?? 0) + (line === null ? 1 : 0));
    }
    before = historyOf([asked], before);
  }
  // A line that does not state all of its command can leave a field out; it is refused where it would state it.
  expect([...seen].filter(([, refusedCount]) => refusedCount === 0).map(([kind]) => kind)).toEqual([]);
});

/** Null where it is refused as a bug. */
function lineOf(state: State, command: Command, now: number) {
  const commandHash = contentHash(contentOf(command));
  const waiting = { command, commandHash, sinceAt: now, isHanded: false, notBeforeAt: 0 };
  const deciding = { now, doubt: () => null, stop: null, newestHash: '' };
  const { lines } = decideBatch(state, [{ ...waiting, resolve: () => {}, reject: () => {} }], deciding);
  return lines[0] ?? null;
}

/** The value with a field too many: in itself, and in everything that is in it. */
function* straysIn(value: unknown, where: string): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [where, withStray(value)];
  for (const [name, inner] of Object.entries(value)) {
    for (const [path, odd] of straysIn(inner, `${where} ${name}`)) {
      yield [path, Array.isArray(value) ? value.with(Number(name), odd) : { ...value, [name]: odd }];
    }
  }
}
