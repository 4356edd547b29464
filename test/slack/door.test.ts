import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS, COMMANDS, EVENTS, SHORTCUTS, VIEWS } from '../../src/slack/kit/ids.ts';
import { REQUIRED_RIGHTS } from '../../src/slack/platform/required-rights.ts';
import { ANA, MARCUS, OLIVIA } from '../support/world.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

const ATLAS = 'C0ATLAS';

describe('the ways in', () => {
  test('are all in the table, and nothing else is', () => {
    const ids: string[] = [COMMANDS, SHORTCUTS, ACTIONS, VIEWS].flatMap((each) => Object.values(each));
    expect(Object.keys(REQUIRED_RIGHTS).sort()).toEqual([...new Set([...ids, EVENTS.mentioned])].sort());
  });
});

describe('the door', () => {
  let inkwell: Inkwell;
  beforeAll(async () => {
    inkwell = await startInkwell();
  });
  afterAll(() => inkwell.stop());
  afterEach(() => {
    expect(inkwell.slack.violations).toEqual([]);
    expect(inkwell.errors).toEqual([]);
  });

  let ids = 0;
  const as = async (
    by: string,
    wish: Parameters<typeof inkwell.world.book.submit>[0] extends infer C
      ? Omit<C & object, 'commandId' | 'by'>
      : never,
  ) => {
    const answer = await inkwell.world.book.submit({ commandId: `as-${++ids}`, by, ...wish } as never);
    expect(answer).toMatchObject({ ok: true });
  };
  const whispered = (to: string) =>
    inkwell.slack
      .messages(ATLAS, { as: to })
      .filter(({ ephemeral }) => ephemeral)
      .at(-1)?.text;

  test('tells a suspended person so, at every command, and lets them in again once that is over', async () => {
    await inkwell.slack.as(ANA).openHome();
    await inkwell.idle();
    await as(OLIVIA, { kind: 'suspend_member', memberId: ANA, reason: '' } as never);
    for (const [command, words] of [
      [COMMANDS.imagine, 'a fox'],
      [COMMANDS.imagine, ''],
      [COMMANDS.credits, ''],
    ] as const) {
      await inkwell.slack.as(ANA).command(command, words, { channelId: ATLAS });
      await inkwell.idle();
      expect(whispered(ANA)).toContain('You’re suspended in Inkwell');
      expect(inkwell.slack.modal(ANA)).toBeNull();
    }
    await as(OLIVIA, { kind: 'resume_member', memberId: ANA } as never);
    await inkwell.slack.as(ANA).command(COMMANDS.credits, '', { channelId: ATLAS });
    await inkwell.idle();
    expect(whispered(ANA)).not.toContain('suspended');
  });

  test('does not open a form for whoever may not send it, and takes none from them either', async () => {
    await inkwell.slack.as(MARCUS).openHome();
    await inkwell.idle();
    await inkwell.slack.as(MARCUS).click(inkwell.slack.home(MARCUS)!, ACTIONS.homeCreateClient);
    const form = await inkwell.slack.until(() => inkwell.slack.modal(MARCUS));
    await as(OLIVIA, { kind: 'set_role', memberId: MARCUS, role: 'creator' } as never);
    await inkwell.slack.as(MARCUS).submit(form, { name: 'Sneaky' });
    await inkwell.idle();
    expect(inkwell.slack.modal(MARCUS)).toMatchObject({ title: { text: 'Not possible' } });
    expect(inkwell.world.book.now().clients.some(({ name }) => name === 'Sneaky')).toBe(false);
  });
});
