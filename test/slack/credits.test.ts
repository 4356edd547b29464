import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { creditsMessage } from '../../src/slack/credits/credits.ts';
import { creditsHelp, creditsHelpMore } from '../../src/slack/credits/credits-help.ts';
import { unknownMessage } from '../../src/slack/credits/credits-named.ts';
import { balanceInShort } from '../../src/words/balances.ts';
import { bar } from '../../src/words/bars.ts';
import { creditsView, mrkdwnIn, NASTY, part, problemsOfMessage, standing, wordsIn } from './home-views.ts';

describe('/credits', () => {
  test('shows the sum that leads to what is left, and when it resets', () => {
    const words = wordsIn(creditsMessage(creditsView()).blocks);
    expect(words).toContain('▓▓▓▓▓▓░░░░  76 credits left this month');
    expect(words).toContain('200 limit − 124 used = 76 left');
    expect(words).toContain('Resets {date}.');
  });

  test('counts grants, and what is held, in the order of the sum', () => {
    const own = part({ standings: [standing({ grantsCredits: 20, heldCredits: 12 })], heldCredits: 12 });
    const words = wordsIn(creditsMessage(creditsView({ own })).blocks);
    expect(words).toContain('200 limit + 20 extra − 124 used − 12 on hold = 84 left');
    expect(words).toContain('84 credits left this month');
  });

  test('shows every account that a request here would touch, with what was moved and rolled over', () => {
    const moved = standing({ limitCredits: 230, movedCredits: 30, rolledCredits: 10 });
    const away = standing({ limitCredits: 180, movedCredits: -20 });
    const words = wordsIn(
      creditsMessage(
        creditsView({
          client: { ...part({ account: 'client:northwind' }), name: 'Northwind Coffee' },
          ownInClient: part({ account: 'member:U0ANA@client:northwind', standings: [moved] }),
          teams: [{ ...part({ account: 'team:design', standings: [away] }), name: 'Design' }],
        }),
      ).blocks,
    );
    expect(words).toContain('Your limit for Northwind Coffee');
    expect(words).toContain('200 limit + 30 moved here + 10 from last month − 124 used');
    expect(words).toContain('Design, your team');
    expect(words).toContain('200 limit − 20 moved away − 124 used');
  });

  test('says by how much a limit is exceeded that was set below what was used', () => {
    const own = part({ standings: [standing({ limitCredits: 100 })] });
    expect(wordsIn(creditsMessage(creditsView({ own })).blocks)).toContain('▓▓▓▓▓▓▓▓▓▓  Over by 24 credits this month');
  });

  test('says that nothing limits where nothing does, and what was used', () => {
    const own = part({ standings: [] });
    expect(wordsIn(creditsMessage(creditsView({ own })).blocks)).toContain('No limit. 124 credits used this month.');
  });

  test('shows every window, and that a total does not reset', () => {
    const total = standing({ window: 'total', limitCredits: 1_000_000_000, resetsAt: null });
    const words = wordsIn(creditsMessage(creditsView({ own: part({ standings: [standing(), total] }) })).blocks);
    expect(words).toContain('999,999,876 credits left in total');
    expect(words).toContain('Doesn’t reset.');
  });

  test('says what to do where nothing was used yet', () => {
    const own = part({ standings: [], usedThisMonthCredits: 0 });
    expect(wordsIn(creditsMessage(creditsView({ own })).blocks)).toContain('/imagine a red fox at dusk');
  });

  test('does not tell a viewer to make images', () => {
    const own = part({ standings: [], usedThisMonthCredits: 0 });
    const words = wordsIn(creditsMessage(creditsView({ own, role: 'viewer' })).blocks);
    expect(words).not.toContain('/imagine');
    expect(words).toContain('You’re a viewer');
  });

  test.each([
    { what: 'decided', view: creditsView({ boundToNone: true }), words: 'This channel has no client' },
    { what: 'not decided', view: creditsView(), words: 'This channel doesn’t belong to a client yet' },
  ])('says so where the channel has no client: $what', ({ view, words }) => {
    expect(wordsIn(creditsMessage(view).blocks)).toContain(words);
  });

  test.each([
    ['own credits', { own: part({ standings: [], usedThisMonthCredits: 12 }) }],
    ['the client', { client: { name: 'Northwind', ...part({ standings: [] }) } }],
    ['a team', { teams: [{ name: 'Design', ...part({ standings: [] }) }] }],
    [
      'the project',
      { project: { projectId: 'p', of: 'channel' as const, name: 'Spring', ...part({ standings: [] }) } },
    ],
  ])('tells a viewer of no missing limit: %s', (_, given) => {
    const said = (role: string) => wordsIn(creditsMessage(creditsView({ ...given, role })).blocks);
    expect(said('viewer')).not.toMatch(/no (personal )?limit/i);
    expect(said('viewer')).toMatch(/credits used this month\.|None used/);
    expect(said('creator')).toMatch(/No limit\. /);
  });

  test('says nothing of clients in a direct message', () => {
    expect(wordsIn(creditsMessage(creditsView({ channelId: 'D0ANA' })).blocks)).not.toContain('client');
  });

  test('shows an owner the agency, and the clients that are near their end first', () => {
    const client = (name: string, usedCredits: number) => ({
      name,
      ...part({ account: `client:${name}`, standings: [standing({ usedCredits })] }),
    });
    const view = creditsView({
      role: 'owner',
      agency: part({ account: 'agency' }),
      clients: [client('Full', 0), client('Empty', 200)],
    });
    const words = wordsIn(creditsMessage(view).blocks);
    expect(words).toContain('The agency');
    expect(words.indexOf('Empty')).toBeLessThan(words.indexOf('Full'));
  });

  test('stays within Slack’s limits with 200 clients of the longest names, and says where the others are', () => {
    const clients = Array.from({ length: 200 }, (_, at) => ({
      name: NASTY,
      ...part({ account: `client:c${at}`, standings: [standing({ limitCredits: 1_000_000_000 })] }),
    }));
    const message = creditsMessage(
      creditsView({ role: 'owner', agency: part(), clients, client: { name: NASTY, ...part() } }),
    );
    expect(problemsOfMessage(message)).toEqual([]);
    expect(wordsIn(message.blocks)).toContain('All 200 are in Inkwell’s Home.');
  });

  test('lets a client’s name neither ping, nor link, nor format', () => {
    const message = creditsMessage(creditsView({ client: { name: NASTY, ...part() } }));
    expect(mrkdwnIn(message.blocks).join()).not.toContain('bold');
    expect(message.text).toContain('&lt;!channel&gt;');
    expect(JSON.stringify(message)).not.toContain('\u202e');
  });
});

describe('/credits help', () => {
  test('is short, with the rest behind a button', () => {
    const message = creditsHelp();
    expect(message.text.length).toBeLessThan(500);
    expect(JSON.stringify(message.blocks)).toContain('"action_id":"credits_more"');
    expect(problemsOfMessage(message)).toEqual([]);
  });

  test('behind it names the commands, the words and who can help', () => {
    const message = creditsHelpMore({ helperIds: ['U0OLIVIA'] });
    const words = wordsIn(message.blocks);
    for (const said of ['/credits', '/imagine', 'On hold', 'Limits are set by @U0OLIVIA.'])
      expect(words).toContain(said);
    expect(problemsOfMessage(message)).toEqual([]);
  });

  test('answers an unknown word kindly, and without obeying it', () => {
    const message = unknownMessage({ kind: 'unknown', typed: `${NASTY}${'x'.repeat(3_000)}`, names: [] });
    expect(wordsIn(message.blocks)).toContain('/credits knows no command');
    expect(wordsIn(message.blocks)).toContain('/credits help lists what it knows.');
    expect(mrkdwnIn(message.blocks)).toEqual([]);
    expect(problemsOfMessage(message)).toEqual([]);
  });
});

describe('an unknown word', () => {
  test.each([
    ['projct', '/credits project'],
    ['peple', '/credits people'],
    ['raport', '/credits report'],
    ['Nothwind Cofee', 'Northwind Coffee'],
    ['atlas', 'Atlas'],
    ['xyz', null],
    ['zz', null],
  ])('%s has two lines, with the nearest', (typed, meant) => {
    const { text, blocks } = unknownMessage({ kind: 'unknown', typed, names: ['Northwind Coffee', 'Atlas'] });
    expect(text.split('\n')).toHaveLength(2);
    const hint = meant === null ? '/credits help lists what it knows.' : `Did you mean ${meant}?`;
    expect(wordsIn(blocks)).toContain(hint);
  });
});

describe('the bar', () => {
  const counts = fc.record({
    limitCredits: fc.nat(1_000_000_000),
    grantsCredits: fc.nat(1_000),
    usedCredits: fc.nat(1_000_000_000),
    heldCredits: fc.nat(1_000_000),
  });

  test('always has ten cells, and a free one exactly where something is left', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const each = standing(given);
        expect(bar(each)).toHaveLength(10);
        expect(bar(each).includes('░')).toBe(each.availableCredits > 0);
      }),
    );
  });

  test('shows a little used, and a little held, as one cell', () => {
    expect(bar(standing({ usedCredits: 1 }))).toBe('▓░░░░░░░░░');
    expect(bar(standing({ usedCredits: 0, heldCredits: 1 }))).toBe('▒░░░░░░░░░');
    expect(bar(standing({ usedCredits: 0 }))).toBe('░░░░░░░░░░');
    expect(bar(standing({ limitCredits: 0, usedCredits: 0 }))).toBe('▓▓▓▓▓▓▓▓▓▓');
  });

  test('speaks of the limit that will be met first', () => {
    const standings = [standing(), standing({ window: 'total', limitCredits: 130, resetsAt: null })];
    expect(balanceInShort(part({ standings }))).toBe('▓▓▓▓▓▓▓▓▓░ 6 of 130 left in total');
  });
});
