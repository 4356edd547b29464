import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { ANA, BEN, CLIENT, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { twoOnSqlite } from './on-sqlite.ts';
import { type Processes, startProcesses } from './processes.ts';

const ROOM = 'C0SUMMER';

/** The whole way through Slack, with two processes on one store. */
describe.each(['memory', 'SQLite'])('a prompt typed in a channel without a client, on %s', (store) => {
  let here: Processes;
  let close = async () => {};
  beforeEach(async () => {
    const files = store === 'SQLite' ? twoOnSqlite() : null;
    const stores = { journal: createMemoryJournal(), records: createMemoryRecords() };
    close = files ? files.close : async () => {};
    const open = files ? files.open : async () => stores;
    here = await startProcesses([open, open]);
  });
  afterEach(async () => {
    expect(here.errors).toEqual([]);
    expect(here.slack.violations).toEqual([]);
    await here.stop();
    await close();
  });

  const world = (no = 0) => here.all[no]!.world;
  const give = async (command: CommandBody, by = OLIVIA) => {
    const answer = await world().book.submit({ commandId: world().newId(), by, ...command });
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  };
  const imagine = async (text: string, { as = ANA, to = 0 } = {}) => {
    here.slack.deliverTo(here.all[to]!.url);
    await here.slack.as(as).command('/imagine', text, { channelId: ROOM });
    await here.idle();
  };
  const directs = (to: string) => here.slack.messages(here.slack.directMessage(to), { as: to });
  const card = (of = MARCUS) => directs(of).find(({ text }) => text.includes('client'))!;
  const choose = async (of = MARCUS) => {
    await here.slack.as(of).click({ channelId: here.slack.directMessage(of), ts: card(of).ts }, ACTIONS.cardClient, {
      choice: CLIENT,
    });
    await here.idle();
  };
  const images = () => here.slack.messages(ROOM).filter(({ text, ephemeral }) => !ephemeral && text.includes('ready'));

  test('is kept once, whichever process it came to, and is drawn in the channel once its client is chosen', async () => {
    for (const to of [0, 1, 0]) await imagine('a red fox --quality draft', { to });
    await imagine('a pear', { as: BEN, to: 1 });
    expect(images()).toEqual([]);
    await choose();
    for (const no of [0, 1]) await recoverJobs(world(no), { alone: false });
    expect(images()).toHaveLength(2);
    const asked = here.slack.messages(ROOM, { as: ANA }).filter(({ ephemeral }) => ephemeral);
    expect(asked.map(({ blocks }) => wordsIn(blocks))).toEqual(
      asked.map(() => expect.stringContaining('runs automatically once they have, for at most 2 credits.')),
    );
    expect(asked).toHaveLength(3);
  });

  test('that costs more by then is told with both prices, and made by a click for the new one', async () => {
    await imagine('a red fox --quality draft');
    await give({ kind: 'set_policy', policy: { name: 'creditValueMicroUsd', value: 5_000 } });
    await choose();
    expect(images()).toEqual([]);
    const told = directs(ANA).at(-1)!;
    expect(wordsIn(told.blocks)).toContain('now costs 4 credits instead of 2, so it didn’t run.');
    const clicked = { channelId: here.slack.directMessage(ANA), ts: told.ts };
    await here.slack.as(ANA).click(clicked, ACTIONS.insteadFirst);
    await here.idle();
    expect(images()).toHaveLength(1);
    here.clock.set(here.clock.now() + 10_000);
    await here.slack.as(ANA).click(clicked, ACTIONS.insteadFirst);
    await here.idle();
    expect(images()).toHaveLength(1);
  });

  test('of a person who has left the channel by then is told to them alone, with the prompt', async () => {
    await imagine('a red fox');
    for (const no of [0, 1]) world(no).channels.has = async () => false;
    await choose();
    expect(images()).toEqual([]);
    const said = wordsIn(directs(ANA).at(-1)!.blocks);
    expect(said).toContain('belongs to a client now, but your prompt didn’t run.');
    expect(said).toContain('a red fox');
    expect(said).not.toContain('Northwind');
  });
});
