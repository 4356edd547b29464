import { checkView } from '@inkwell/local-slack/blocks/check.ts';
import { describe, expect, test } from 'vitest';
import type { ApprovalNote } from '../../../src/app/approvals/notes.ts';
import type { AccountId } from '../../../src/ledger/accounts.ts';
import type { ApprovedRoom } from '../../../src/ledger/requests.ts';
import { approveUntilModal, denyModal, raiseLimitModal } from '../../../src/slack/approvals/request-form.ts';
import {
  readRequestFormHint,
  readRequestHint,
  writeRequestFormHint,
  writeRequestHint,
} from '../../../src/slack/approvals/request-metadata.ts';
import { cardMessage } from '../../../src/slack/messenger/card.ts';
import { noteMessage } from '../../../src/slack/messenger/note.ts';
import { requestBar } from '../../../src/words/bars.ts';
import { MONDAY } from '../../support/clock.ts';
import { askedCard, DAY_MS, requestForm as form, exceededLimit as limit, requestCard } from '../request-cards.ts';
import { expectSafe, NASTY, seen } from './promises.ts';

const approved = { as: 'approved', by: 'U0MARCUS', at: MONDAY, reason: null } as const;
const denied = { as: 'denied', by: 'U0MARCUS', at: MONDAY, reason: 'Enough foxes.' } as const;
const everyLimit = (['day', 'week', 'month', 'quarter', 'year', 'total'] as const).flatMap((window) =>
  (
    ['agency', 'client:northwind', 'team:design', 'project:p', 'member:U0ANA', 'member:U0ANA@client:northwind'] as const
  ).map((account: AccountId) => limit({ account, window, resetsAt: window === 'total' ? null : MONDAY + DAY_MS })),
);

const everyRaise: ApprovedRoom = {
  kind: 'raise',
  limits: everyLimit.map(({ account, window }) => ({ account, window, fromCredits: 1, toCredits: 2 })),
};

test.each([
  ['those who may approve', requestCard({ end: approved, exceeded: [], prompt: null })],
  ['the one who asked', askedCard({ end: approved, exceeded: [], prompt: null })],
])('a card of %s says that the prompt is gone once its images were deleted', (_reader, card) => {
  const said = seen(cardMessage(card));
  expect(said).toContain('The prompt was deleted.');
  expect(said).not.toMatch(/fox|null/);
});

describe('the card of those who may approve', () => {
  test('says everything that a decision needs', () => {
    const said = seen(cardMessage(requestCard()));
    expect(said).toContain('<@U0ANA> needs approval for 12 credits in <#C0NORTHWIND>, for Northwind Coffee.');
    expect(said).toContain('a red fox at dusk');
    expect(said).toContain('2 images · sketch · 1024x1024 · standard');
    expect(said).toContain('Northwind Coffee’s monthly budget');
    expect(said).toContain('Limit 100 − 90 used − 4 on hold = 6 left.');
    expect(said).toContain('This needs 12: 6 credits over.');
    expect(said).toContain('7 days left');
    expect(said).toContain(
      ', last 30 days: 14 requests and 132 credits used, for Northwind Coffee. 1 approval in the last 30 days.',
    );
    expect(said).toMatch(/Approve once.*Approve until….*Raise the limit….*Deny….*Open in channel/s);
    expect(said).not.toContain('coaching');
  });

  test('offers something else where somebody keeps exceeding', () => {
    const often = seen(cardMessage(requestCard({ approvals: { count: 3, withinMs: 30 * DAY_MS, isOften: true } })));
    expect(often).toContain('3 approvals in 30 days.');
    expect(often).toContain('Send tips');
  });

  test('that has ended says how, and has no buttons', () => {
    const message = cardMessage(requestCard({ end: denied, exceeded: [] }));
    expect(seen(message)).toContain('<@U0ANA>’s request for 12 credits in <#C0NORTHWIND> was denied by <@U0MARCUS>');
    expect(seen(message)).toContain('Enough foxes.');
    expect(JSON.stringify(message.blocks)).not.toContain('"button"');
  });

  test('says in whose place a delegate decided, on both cards', () => {
    const inPlaceOf = 'U0OLIVIA';
    const room = { kind: 'once', grants: [] } as const;
    const cards = [
      requestCard({ end: { ...denied, inPlaceOf }, exceeded: [] }),
      askedCard({ end: { ...denied, inPlaceOf }, exceeded: [] }),
      requestCard({ end: { ...approved, inPlaceOf }, exceeded: [], room }),
    ];
    for (const card of cards) expect(seen(cardMessage(card))).toContain(' by <@U0MARCUS> in place of <@U0OLIVIA>, ');
  });

  test('says what was approved: once, until when, or which limit was raised from what to what', () => {
    const said = (room: ApprovedRoom) => seen(cardMessage(requestCard({ end: approved, exceeded: [], room })));
    const once = said({ kind: 'once', grants: [{ account: 'client:northwind', amountCredits: 6 }] });
    expect(once).toMatch(/was approved once by <@U0MARCUS>, /);
    expect(once).toContain('6 extra credits on Northwind Coffee’s budget, for this request only.');
    const accounts: AccountId[] = ['client:northwind', 'member:U0ANA'];
    const until = said({ kind: 'until', amountCredits: 25, expiresAt: MONDAY + DAY_MS, accounts });
    expect(until).toMatch(/was approved until .* by <@U0MARCUS>, /);
    expect(until).toMatch(/25 extra credits on <@U0ANA>’s limit until /);
    const limits = [{ account: 'client:northwind', window: 'month', fromCredits: 100, toCredits: 150 } as const];
    const raised = said({ kind: 'raise', limits });
    expect(raised).toMatch(/was approved with a higher limit by <@U0MARCUS>, /);
    expect(raised).toContain('Northwind Coffee’s monthly budget was raised from 100 to 150 credits.');
    expect(said({ kind: 'once', grants: [] })).not.toContain('on top of');
  });
});

test('a card before whoever may not decide any more says what became of it, and nothing of the agency’s', () => {
  for (const end of [null, denied]) {
    const message = cardMessage(requestCard({ audience: 'shared', projectName: 'Winter', exceeded: [limit()], end }));
    const said = seen(message);
    expect(said).toMatch(
      /^<@U0ANA>’s request for 12 credits in <#C0NORTHWIND> (is waiting for someone else|was denied)/,
    );
    expect(said).not.toMatch(/Northwind Coffee|Winter|fox|left|Enough/);
    expect(JSON.stringify(message.blocks)).not.toContain('"button"');
  }
});

test('a card in a channel that may not show the limits says where it is decided, and nothing of the agency’s', () => {
  const message = cardMessage(requestCard({ audience: 'shared', standsIn: 'channel', exceeded: [limit()] }));
  expect(seen(message)).toBe(
    '<@U0ANA>’s request for 12 credits in <#C0NORTHWIND> is waiting for approval. Inkwell sends it directly to the people who can decide.',
  );
  expect(JSON.stringify(message.blocks)).not.toContain('"button"');
});

describe('the card of the one who asked', () => {
  test('keeps what the agency calls its work to its own people', () => {
    const card = askedCard({ projectName: 'Winter' });
    expect(seen(cardMessage(card))).toContain('project Winter');
    expect(seen(cardMessage({ ...card, audience: 'shared' }))).not.toContain('Winter');
  });

  test('says what is missing and who was asked, and lets them withdraw', () => {
    const said = seen(cardMessage(askedCard()));
    expect(said).toContain('Inkwell asked <@U0MARCUS>.');
    expect(said).toContain('6 left');
    expect(said).toContain('Withdraw');
  });

  test('leaves out the agency’s own figures where they are none of the reader’s business', () => {
    const card = askedCard({ audience: 'shared', exceeded: [limit({ account: 'agency', usedCredits: 7_777 })] });
    expect(seen(cardMessage(card))).toContain('The agency’s limit doesn’t cover it.');
    expect(JSON.stringify(cardMessage(card))).not.toContain('7,777');
  });
});

describe('the ended card of the one who asked', () => {
  test('leaves out the figures of a raise that are none of the reader’s business', () => {
    const limits = [{ account: 'agency', window: 'month', fromCredits: 7_777, toCredits: 8_888 } as const];
    const room = { kind: 'raise', limits } as const;
    const card = askedCard({ audience: 'shared', end: approved, exceeded: [], room });
    expect(seen(cardMessage(card))).toContain('The agency’s limit was raised.');
    expect(JSON.stringify(cardMessage(card))).not.toMatch(/7,777|8,888/);
  });
});

describe('whatever people wrote', () => {
  const names = (words: string) => ({ 'team:design': words, 'project:p': words, 'client:northwind': words });

  test.each(NASTY)('is only words: %#', (words) => {
    const given = { prompt: words, clientName: words, projectName: words, names: names(words), exceeded: everyLimit };
    const end = { ...denied, reason: words };
    for (const card of [
      requestCard(given),
      askedCard(given),
      requestCard({ ...given, end }),
      askedCard({ ...given, end }),
      requestCard({ ...given, end: approved, room: everyRaise }),
      askedCard({ ...given, end: approved, room: everyRaise }),
    ]) {
      expectSafe(cardMessage(card));
    }
    const common = { names: names(words), clientName: words, audience: 'internal', hidden: [] } as const;
    const notes: ApprovalNote[] = [
      { kind: 'approval_asked', channelId: 'C0NORTHWIND', askedCount: 1 },
      { kind: 'not_approved', end, channelId: 'C0NORTHWIND', clientName: words, prompt: words },
      {
        kind: 'more_in_the_way',
        by: 'U0MARCUS',
        requestId: 'job-1',
        requestedCredits: 1,
        exceeded: everyLimit,
        ...common,
      },
      { kind: 'coaching', text: words, by: 'U0MARCUS' },
      { kind: 'coaching_sent', memberId: 'U0ANA', wasSent: true },
      { kind: 'limit_warning', memberId: 'U0ANA', limit: limit(), ...common },
      { kind: 'delegate_named', by: 'U0MARCUS', untilAt: MONDAY },
    ];
    for (const note of notes) for (const memberId of ['U0ANA', 'U0MARCUS']) expectSafe(noteMessage(note, { memberId }));
    const limits = everyLimit.map((each) => ({ ...each, maySet: true, setCredits: 1, enoughCredits: 1_000_000_000 }));
    const opened = { form: form({ ...given, limits }), readerId: 'U0MARCUS', channelId: 'C0NORTHWIND' };
    for (const view of [approveUntilModal(opened), raiseLimitModal(opened), denyModal(opened)]) {
      expect(checkView(view, 'modal', () => null)).toMatchObject({ ok: true });
      expect(view.private_metadata?.length).toBeLessThanOrEqual(3_000);
    }
  });
});

describe('forms', () => {
  const opened = { readerId: 'U0MARCUS', channelId: 'C0NORTHWIND' };

  test('to raise has a field for each limit, unless one of them is not the reader’s to set', () => {
    expect(JSON.stringify(raiseLimitModal({ form: form(), ...opened }))).toContain('"106"');
    const limits = [{ ...limit(), maySet: false, setCredits: 100, enoughCredits: 106 }];
    const view = raiseLimitModal({ form: form({ limits }), ...opened });
    expect(JSON.stringify(view)).toContain('An owner can raise it.');
    expect(view.submit).toBeUndefined();
  });
});

describe('hints', () => {
  test('come back as they went out', () => {
    const hint = { requestId: 'job-1', seen: ['client:northwind month'] };
    expect(readRequestHint(writeRequestHint('job-1', [limit()]))).toEqual(hint);
    const metadata = writeRequestFormHint({
      requestId: 'job-1',
      exceeded: [limit()],
      channelId: 'C1',
      leastCredits: 6,
    });
    expect(readRequestFormHint(metadata)).toEqual({ ...hint, channelId: 'C1', leastCredits: 6 });
  });

  test.each([undefined, '', 'null', '[]', '{}', '["job 1"]', '["job-1","agency"]', '["job-1",{}]', '[1]'])(
    'that are none of ours are nothing: %s',
    (value) => {
      expect(readRequestHint(value)).toBeNull();
      expect(readRequestFormHint(value ?? '')).toBeNull();
    },
  );

  test('stay within what Slack takes', () => {
    const many = Array.from({ length: 80 }, (_, index) => limit({ account: `team:${'x'.repeat(50)}${index}` }));
    expect(writeRequestHint('job-1', many).length).toBeLessThanOrEqual(2_000);
  });
});

test.each([
  [{}, 12, '▓▓▓▓▓▓▓▓▒█'],
  [{ usedCredits: 0, heldCredits: 0, limitCredits: 0 }, 12, '██████████'],
  [{ usedCredits: 0, heldCredits: 0, limitCredits: 100 }, 101, '██████████'],
  [{ usedCredits: 50, heldCredits: 0, limitCredits: 100 }, 60, '▓▓▓▓▓█████'],
  [{ usedCredits: 1_000_000_000, heldCredits: 1, limitCredits: 5 }, 1, '▓▓▓▓▓▓▓▓▒█'],
])('a bar of ten cells: %j and %i', (given, requested, bar) => {
  expect(requestBar(limit(given), requested)).toBe(bar);
});
