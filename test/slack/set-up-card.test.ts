import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientCard } from '../../src/slack/clients/client-card.ts';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { webClientOptions } from '../../src/slack/platform/web-client.ts';
import { ANA, MARCUS, OLIVIA } from '../support/world.ts';
import { type Inkwell, startInkwell, TOKEN } from './set-up-world.ts';

describe('creating a client from the card that asks for one', () => {
  let inkwell: Inkwell;
  beforeAll(async () => {
    inkwell = await startInkwell();
  });
  afterAll(() => inkwell.stop());

  const state = () => inkwell.world.book.now();
  const errors = (by: string) => inkwell.slack.modal(by)?.errors;

  async function openFrom(channelId: string, by: string) {
    const card = { kind: 'client_card', channelId, askedBy: ANA, clients: [], decided: null } as const;
    const client = new WebClient(TOKEN, webClientOptions(inkwell.slack.apiUrl));
    const where = inkwell.slack.directMessage(by);
    const { ts = '' } = await client.chat.postMessage({ channel: where, ...clientCard(card) });
    await inkwell.slack.as(by).click({ channelId: where, ts }, ACTIONS.cardCreate);
    return await inkwell.slack.until(() => inkwell.slack.modal(by));
  }

  const submit = async (by: string, values: Record<string, string>) => {
    await inkwell.slack.as(by).submit(inkwell.slack.modal(by)!, values);
    await inkwell.idle();
  };

  test('binds the channel that the card is about', async () => {
    await openFrom('C0ATLAS', OLIVIA);
    await submit(OLIVIA, { name: 'Atlas Outdoor' });
    const atlas = state().clients.find(({ name }) => name === 'Atlas Outdoor');
    expect(state().channels.get('C0ATLAS')).toBe(atlas?.clientId);
    expect(inkwell.errors).toEqual([]);
  });

  test('leaves the channel to nobody where a manager creates the client: an owner sets its limit first', async () => {
    const form = await openFrom('C0PITCH', MARCUS);
    expect(JSON.stringify(form.blocks)).toContain('An owner sets its budget.');
    expect(form.blocks.some(({ block_id: id }) => id === 'channel')).toBe(false);
    await submit(MARCUS, { name: 'Pitch' });
    const pitch = state().clients.find(({ name }) => name === 'Pitch');
    expect(state().members.get(MARCUS)?.manages.clientIds).toContain(pitch?.clientId);
    expect(state().channels.has('C0PITCH')).toBe(false);
    const bind = {
      kind: 'bind_channel',
      channelId: 'C0PITCH',
      clientId: pitch?.clientId ?? '',
      ifUnbound: true,
    } as const;
    const answer = await inkwell.world.book.submit({ commandId: 'pitch', by: MARCUS, ...bind });
    expect(answer).toMatchObject({ ok: false, refusal: { reason: 'owners_only', why: 'client_without_limit' } });
  });

  test('says a refusal at its field', async () => {
    await openFrom('C0MIRA', MARCUS);
    await submit(MARCUS, { name: 'northwind coffee' });
    expect(errors(MARCUS)).toEqual({ name: 'There’s already a client called northwind coffee.' });
    expect(state().channels.has('C0MIRA')).toBe(false);
    await inkwell.slack.as(MARCUS).close(inkwell.slack.modal(MARCUS)!);
  });

  test('lets stand what somebody else has decided about the channel meanwhile', async () => {
    await openFrom('C0SUMMER', OLIVIA);
    const change = { kind: 'bind_channel', channelId: 'C0SUMMER', clientId: 'northwind', ifUnbound: true } as const;
    await inkwell.world.book.submit({ commandId: 'meanwhile', by: OLIVIA, ...change });
    await submit(OLIVIA, { name: 'Summer' });
    expect(state().channels.get('C0SUMMER')).toBe('northwind');
    expect(errors(OLIVIA)?.channel).toContain(
      'Olivia already linked this channel to Northwind Coffee. Nothing was changed.',
    );
    expect(state().clients.some(({ name }) => name === 'Summer')).toBe(false);
    await submit(OLIVIA, { name: 'Summer', channel: '' });
    expect(state().clients.some(({ name }) => name === 'Summer')).toBe(true);
  });
});
