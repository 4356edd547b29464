import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LimitsPreview } from '../../src/app/limits/preview-limits.ts';
import type { LimitForm } from '../../src/app/limits/show-limits.ts';
import { bindChannelModal } from '../../src/slack/clients/bind-channel-form.ts';
import { clientModal } from '../../src/slack/clients/client-form.ts';
import { createClientModal } from '../../src/slack/clients/create-client-form.ts';
import { offeredFor } from '../../src/slack/imagine/imagine-choice.ts';
import { cutPrompt } from '../../src/slack/imagine/imagine-fields.ts';
import { type ImagineLook, imagineModal, nothingOfferedModal } from '../../src/slack/imagine/imagine-form.ts';
import type { Draft } from '../../src/slack/imagine/parse-command.ts';
import { readImagineHint, writeImagineHint } from '../../src/slack/imagine/read-imagine.ts';
import { goneModal, loadingModal, mayNotModal, sentBeforeModal, sentModal } from '../../src/slack/kit/error-modals.ts';
import { adminFormMetadata, readAdminFormMetadata, writeAdminFormMetadata } from '../../src/slack/kit/form-metadata.ts';
import { limitsModal } from '../../src/slack/limits/limits-form.ts';
import { limitsPersonModal } from '../../src/slack/limits/limits-person-form.ts';
import { limitsRehearsedModal } from '../../src/slack/limits/limits-preview-form.ts';
import {
  creditsView,
  freeMenu,
  menu,
  mrkdwnIn,
  NASTY,
  part,
  problemsOfView,
  setupView,
  standing,
  wordsIn,
} from './home-views.ts';

const HERE = { channelId: 'C0NORTHWIND', threadTs: null, responseUrl: 'https://hooks.slack.com/commands/T0/1/x' };
const pages = { clients: 0, members: 0 };

function imagine(draft: Partial<Draft> = {}, look: Partial<ImagineLook> = {}, offers = menu('sketch')): ModalView {
  const offered = offeredFor(offers, { prompt: '', options: {}, imagesCount: 1, stage: null, project: null, ...draft });
  if (!offered) return nothingOfferedModal();
  return imagineModal({
    hint: HERE,
    chosenChannelId: null,
    models: offers.models,
    offered,
    notices: [],
    credits: null,
    projects: null,
    ...look,
  });
}

const blockIds = (view: ModalView) => view.blocks.map((block) => block.block_id).filter((id) => id !== undefined);
const input = (view: ModalView, blockId: string) =>
  view.blocks.find((block) => block.block_id === blockId) as unknown as {
    element: Record<string, unknown>;
    hint: { text: string };
  };

describe('the imagine modal', () => {
  test('shows the price of what is chosen, also on the button', () => {
    const view = imagine({ imagesCount: 4, options: { size: '1536x1024' } });
    expect(wordsIn(view.blocks)).toContain('*4 images × 6 credits = 24 credits*');
    expect(view.submit?.text).toBe('Make for 24 credits');
    expect(problemsOfView(view)).toEqual([]);
  });

  test('says that a price by the token is the most it can take', () => {
    const view = imagine({ imagesCount: 2, options: { quality: 'max' } }, {}, menu('openai', 'sketch'));
    expect(wordsIn(view.blocks)).toContain('The most this can cost');
    expect(problemsOfView(view)).toEqual([]);
  });

  test('says of a sample that it is free, wherever a price stands', () => {
    const view = imagine({ imagesCount: 3, options: { model: 'sketch' } }, {}, freeMenu('openai', 'sketch'));
    const said = wordsIn(view.blocks);
    for (const each of [
      '3 images, free',
      'Sketch (sample, drawn locally) · free',
      '10 images · free',
      'Draft · free',
    ]) {
      expect(said).toContain(each);
    }
    expect(said).not.toMatch(/\b0 credits|returned/);
    expect(view.submit?.text).toBe('Make for free');
    expect(problemsOfView(view)).toEqual([]);
  });

  test('offers of sizes and qualities only the model’s own, in fields that begin anew with the model', () => {
    const offers = menu('openai', 'sketch');
    const sketch = imagine({ options: { model: 'sketch' } }, {}, offers);
    expect(blockIds(sketch)).toEqual(['prompt', 'model', 'size.sketch', 'quality.sketch', 'count', 'stage']);
    expect(wordsIn(input(sketch, 'quality.sketch').element.options)).not.toContain('Xhigh');
    expect(wordsIn(input(imagine({}, {}, offers), 'quality.gpt-image-2.5-flare').element.options)).toContain('Xhigh');
  });

  test('says what is not offered, and chooses something that is', () => {
    const view = imagine({ options: { model: `dall-e ${NASTY}`, size: '1x1', quality: 'auto' } });
    expect(wordsIn(view.blocks)).toContain('isn’t available, so another is selected.');
    expect(wordsIn(view.blocks)).toContain('This model doesn’t make the size 1x1');
    expect(wordsIn(view.blocks)).toContain('This model doesn’t make the quality “auto”');
    expect(mrkdwnIn(view).join()).not.toContain('bold');
    expect(problemsOfView(view)).toEqual([]);
  });

  test('says that nothing can be made where no model is offered', () => {
    const view = imagine({}, {}, menu());
    expect(wordsIn(view.blocks)).toContain('No image model is set up');
    expect(problemsOfView(view)).toEqual([]);
  });

  test('says so when a prompt is longer than a form takes', () => {
    const view = imagine({ prompt: '🦊'.repeat(2_000) });
    expect(wordsIn(view.blocks)).toContain('The prompt has 4,000 characters. This form holds 3,000');
    expect(problemsOfView(view)).toEqual([]);
  });

  test('cuts a prompt between characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1_500, maxLength: 4_000 }), (prompt) => {
        const cut = cutPrompt(prompt);
        expect(cut.length).toBeLessThanOrEqual(3_000);
        expect(prompt.startsWith(cut) && !/[\ud800-\udbff]$/.test(cut)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('asks for the channel only where there is none yet', () => {
    expect(blockIds(imagine())).not.toContain('channel');
    const view = imagine({}, { hint: { ...HERE, channelId: null }, chosenChannelId: 'C0ATLAS' });
    expect(input(view, 'channel').element).toMatchObject({ initial_conversation: 'C0ATLAS' });
    expect(problemsOfView(view)).toEqual([]);
  });

  test('shows what person and client have left, and what the ledger would answer', () => {
    const client = { name: NASTY, ...part({ standings: [standing({ limitCredits: 130 })] }) };
    const exceeded = [{ ...standing({ account: 'client:c', limitCredits: 130 }), window: 'month' as const }];
    const refusal = { reason: 'limit_exceeded', requestedCredits: 40, binding: exceeded[0]!, exceeded } as const;
    const foreseen = { kind: 'refused', refusal, hidden: [] } as const;
    const view = imagine({ imagesCount: 10 }, { credits: creditsView({ client }), foreseen });
    expect(wordsIn(view.blocks)).toContain('You: 76 credits left this month · 6 credits left this month');
    expect(wordsIn(view.blocks)).toContain('This can’t be made now.');
    expect(wordsIn(view.blocks)).toContain('’s monthly budget has 6 credits left. This needs 40.');
    expect(view.submit?.text).toBe('Try anyway');
    const asks = { kind: 'asks', requestedCredits: 40, exceeded, hidden: [] } as const;
    expect(imagine({ imagesCount: 10 }, { foreseen: asks }).submit?.text).toBe('Ask for 40 credits');
    expect(mrkdwnIn(view).join()).not.toContain('bold');
    expect(wordsIn(imagine({}, { credits: creditsView({ own: part({ standings: [] }) }) }).blocks)).toContain(
      'You: no limit',
    );
    expect(wordsIn(imagine({}, { credits: creditsView({ boundToNone: true }) }).blocks)).toContain('has no client');
  });

  test('says no price on a button that has no room for it', () => {
    const offers = menu('sketch');
    const offered = offeredFor(offers, { prompt: '', options: {}, imagesCount: 1, stage: null, project: null })!;
    const dear = { ...offered, quote: { ...offered.quote, totalCredits: 1_000_000_000 } };
    const view = imagine({}, { offered: dear });
    expect(view.submit?.text).toBe('Make');
    expect(problemsOfView(view)).toEqual([]);
  });

  test('carries a hint that comes back, or none', () => {
    const hint = { ...HERE, threadTs: '1.2', shownCredits: 24, project: 'Spring launch' };
    expect(readImagineHint(writeImagineHint(hint))).toEqual(hint);
    for (const wrong of [
      '',
      '{}',
      '[]',
      '{"channelId":7}',
      writeImagineHint({ ...hint, responseUrl: 'file:///etc/passwd' }),
    ]) {
      expect(readImagineHint(wrong)).toBeNull();
    }
  });
});

const huge = setupView({
  clients: Array.from({ length: 1_000 }, (_, at) => ({
    clientId: `c${String(at).padEnd(119, 'x')}`,
    name: NASTY.padEnd(80, '🦊').slice(0, 160),
    channelIds: [`C${at}`],
    isClosed: at % 2 === 0,
    hasDigest: at % 3 === 0,
    qualityCap: null,
    projects: [],
    limits: [
      { window: 'month', limitCredits: 1_000_000_000 },
      { window: 'total', limitCredits: 0 },
    ],
  })),
});

const label = { account: 'client:c7', kind: 'client', name: NASTY, memberId: null } as const;
const most = { limitCredits: 1_000_000_000, over: 'ask', rollOverMaxCredits: 1_000_000_000 } as const;
const stands = standing({
  limitCredits: 1_000_000_000,
  usedCredits: 999_999_999,
  heldCredits: 2,
  availableCredits: -1,
});
const limitForm: LimitForm = {
  ...label,
  standings: [stands],
  mayEdit: true,
  mayGrant: true,
  mayMove: true,
  changes: [],
  figures: { day: null, week: null, month: most, quarter: most, year: most, total: null },
};
const tally = {
  requestsCount: 20_000,
  usedCredits: 1_000_000_000,
  members: Array.from({ length: 1_000 }, (_, index) => ({ memberId: `U${index}`, requestsCount: 20 })),
  clients: Array.from({ length: 1_000 }, (_, index) => ({ clientId: `c${index}`, requestsCount: 20 })),
};
const rehearsed: LimitsPreview = {
  label,
  rehearsal: { sinceAt: 0, requestsCount: 60_000, usedCredits: 1, blocked: tally, asked: tally, warned: tally },
  isCut: true,
  changes: (['day', 'week', 'month', 'quarter', 'year', 'total'] as const).map((window) => ({
    window,
    before: null,
    after: most,
    stands,
  })),
  less: null,
  cheapestCredits: 6,
  clientNames: Object.fromEntries(tally.clients.map(({ clientId }) => [clientId, NASTY])),
};

describe('the set-up modals', () => {
  const client = huge.clients[7]!;
  test.each([
    ['create a client', createClientModal({ maySetLimits: true, about: { pages, channelId: 'C0NEW', from: 'card' } })],
    ['create a client, as a manager', createClientModal({ maySetLimits: false })],
    ['client', clientModal({ setup: huge, clientId: client.clientId, pages })],
    ['limits', limitsModal({ form: limitForm, pages })],
    ['limits, every period', limitsModal({ form: limitForm, pages, isWhole: true })],
    [
      'limits, rehearsed',
      limitsRehearsedModal(rehearsed, { pages, account: limitForm.account, shown: limitForm.figures, wanted: [] }),
    ],
    ['whose limits', limitsPersonModal({ setup: huge, pages })],
    ['bind, no channel yet', bindChannelModal({ setup: huge, channelId: null, pages })],
    ['bind, 1,000 clients', bindChannelModal({ setup: huge, channelId: 'C7', pages })],
    ['bind, no clients', bindChannelModal({ setup: setupView({ clients: [] }), channelId: 'C7', pages })],
    ['may not', mayNotModal()],
    ['gone', goneModal()],
    ['loading', loadingModal()],
    ['sent', sentModal()],
    ['sent before', sentBeforeModal()],
  ])('hold Slack’s limits, and keep names out of markup: %s', (_, view) => {
    expect(problemsOfView(view!)).toEqual([]);
    expect(mrkdwnIn(view).join()).not.toContain('bold');
  });

  test('say what stands now, in which unit, and what leaving it empty means', () => {
    const view = limitsModal({ form: limitForm, pages });
    expect(input(view, 'month').element.initial_value).toBe('1000000000');
    expect(input(view, 'month').hint.text).toContain('Currently 1,000,000,000. Leave empty for no limit');
    expect(input(limitsModal({ form: limitForm, pages, isWhole: true }), 'day').hint.text).toContain(
      'A whole number. No limit is set now.',
    );
    expect(input(view, 'over_month').element.initial_option).toMatchObject({ value: 'ask' });
  });

  test('offer no budgets to somebody who may not set them', () => {
    const view = clientModal({ setup: setupView({ maySetLimits: false }), clientId: 'northwind', pages })!;
    expect(blockIds(view)).toEqual(['name', 'channel', 'digest']);
    expect(wordsIn(view.blocks)).not.toContain('Limits…');
    expect(blockIds(createClientModal({ maySetLimits: false }))).toEqual(['name', 'channel']);
  });

  test('say of a new client that there is nothing to rehearse its budget on', () => {
    const said = (maySetLimits: boolean) => wordsIn(createClientModal({ maySetLimits }).blocks);
    expect(said(true)).toContain('A new client has no history, so there’s no preview.');
    expect(said(false)).not.toContain('rehearse');
  });

  test('do not open for a client that is not there', () => {
    expect(clientModal({ setup: setupView(), clientId: 'gone', pages })).toBeNull();
  });

  test('show the client a channel has now, or that it has none', () => {
    const now = (setup: typeof huge, channelId: string) =>
      input(bindChannelModal({ setup, channelId, pages }), `client.${channelId}`).hint.text;
    expect(now(setupView(), 'C0NORTHWIND')).toBe('It currently belongs to Northwind Coffee.');
    expect(now(setupView({ channelsOfNone: ['C0PITCH'] }), 'C0PITCH')).toBe('It currently has no client.');
    expect(now(setupView(), 'C0NEW')).toBe('It doesn’t belong to a client yet.');
  });

  test('carry a hint that comes back, or is about nothing', () => {
    const hint = adminFormMetadata({
      clientId: 'c1',
      pages: { clients: 3, members: 4 },
      shown: { name: 'A', month: 5, total: null },
    });
    expect(readAdminFormMetadata(writeAdminFormMetadata(hint))).toEqual(hint);
    for (const wrong of ['', '{}', 'null', '{"pages":{"clients":-1}}']) expect(readAdminFormMetadata(wrong)).toBeNull();
  });
});
