import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { ACTIONS } from '../../src/slack/ids.ts';
import { clientCard } from '../../src/slack/surfaces/client-card.ts';
import { webClientOptions } from '../../src/slack/web-client.ts';
import { ANA, MARCUS, OLIVIA } from '../support/world.ts';
import { type Inkwell, startInkwell, TOKEN } from './set-up-world.ts';

describe('creating a client from the card that asks for one', () => {
  let inkwell: Inkwell;
  beforeAll(async () => {
    inkwell = await startInkwell();
  });
  afterAll(() => inkwell.stop());

  const state = () => inkwell.world.book.now();
  const told = () => inkwell.slack.messages(inkwell.slack.directMessage(MARCUS)).at(-1)?.text;

  async function openFrom(channelId: string) {
    const card = { kind: 'client_card', channelId, askedBy: ANA, clients: [], decided: null } as const;
    const client = new WebClient(TOKEN, webClientOptions(inkwell.slack.apiUrl));
    const where = inkwell.slack.directMessage(MARCUS);
    const { ts = '' } = await client.chat.postMessage({ channel: where, ...clientCard(card) });
    await inkwell.slack.as(MARCUS).click({ channelId: where, ts }, ACTIONS.cardCreate);
    return await inkwell.slack.until(() => inkwell.slack.modal(MARCUS));
  }

  const submit = async (values: Record<string, string>) => {
    await inkwell.slack.as(MARCUS).submit(inkwell.slack.modal(MARCUS)!, values);
    await inkwell.idle();
  };

  test('binds the channel that the card is about', async () => {
    await openFrom('C0ATLAS');
    await submit({ name: 'Atlas Outdoor' });
    const atlas = state().clients.find(({ name }) => name === 'Atlas Outdoor');
    expect(state().channels.get('C0ATLAS')).toBe(atlas?.clientId);
    expect(inkwell.errors).toEqual([]);
  });

  test('says a refusal where the card stands', async () => {
    await openFrom('C0MIRA');
    await submit({ name: 'northwind coffee' });
    expect(told()).toContain('There is a client called northwind coffee already.');
    expect(state().channels.has('C0MIRA')).toBe(false);
  });

  test('lets stand what somebody else has decided about the channel meanwhile', async () => {
    await openFrom('C0SUMMER');
    const change = { kind: 'bind_channel', channelId: 'C0SUMMER', clientId: 'northwind', ifUnbound: true } as const;
    await inkwell.world.book.submit({ commandId: 'meanwhile', by: OLIVIA, ...change });
    await submit({ name: 'Summer' });
    expect(state().channels.get('C0SUMMER')).toBe('northwind');
    expect(told()).toContain('Somebody else has decided');
  });
});
