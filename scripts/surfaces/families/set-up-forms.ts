import type { ModalView } from '@slack/types';
import type { SetupView } from '../../../src/app/messenger.ts';
import { bindChannelModal } from '../../../src/slack/clients/bind-channel-form.ts';
import { clientModal } from '../../../src/slack/clients/client-form.ts';
import { createClientModal } from '../../../src/slack/clients/create-client-form.ts';
import {
  goneModal,
  loadingModal,
  mayNotModal,
  outOfDateModal,
  sentBeforeModal,
  sentModal,
} from '../../../src/slack/kit/error-modals.ts';
import { setupView } from '../../../test/slack/home-views.ts';
import { HUGE, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';
import { clientNames } from './figures.ts';

const pages = { clients: 0, members: 0 };
const setup = setupView();
const clients: SetupView['clients'] = [RTL_NAME, ...clientNames].map((name, index) => ({
  clientId: `c${index}`,
  name,
  channelIds: index === 2 ? ['C0SUMMER'] : [],
  isClosed: false,
  hasDigest: true,
  qualityCap: null,
  projects: [],
  limits: [
    { window: 'month', limitCredits: HUGE },
    { window: 'total', limitCredits: 0 },
  ],
}));
const large = setupView({
  clients,
  agency: {
    limits: [
      { window: 'month', limitCredits: HUGE },
      { window: 'total', limitCredits: 0 },
    ],
  },
});

const form = (name: string, draw: () => ModalView | null): Sample => ({
  name,
  kind: 'modal',
  draw: () => draw() ?? goneModal(),
});

export const SET_UP_FORMS: Family = {
  name: 'set-up form',
  samples: [
    form('create a client', () => createClientModal({ maySetLimits: true })),
    form('create a client as a manager', () => createClientModal({ maySetLimits: false })),
    form('create a client from a card', () =>
      createClientModal({ maySetLimits: true, about: { channelId: 'C0SUMMER', from: 'card' } }),
    ),
    form('edit a client', () => clientModal({ setup, clientId: 'northwind', pages })),
    form('edit a client as a manager', () =>
      clientModal({ setup: { ...setup, maySetLimits: false }, clientId: 'northwind', pages }),
    ),
    form('edit a client, huge and long', () => clientModal({ setup: large, clientId: 'c2', pages })),
    form('edit a client, right to left', () => clientModal({ setup: large, clientId: 'c0', pages })),
    form('edit a client that is gone', () => clientModal({ setup, clientId: 'gone', pages })),
    form('bind a channel', () => bindChannelModal({ setup, channelId: null, pages })),
    form('bind a channel, chosen', () => bindChannelModal({ setup, channelId: 'C0NORTHWIND', pages })),
    form('bind a channel, for a prompt', () =>
      bindChannelModal({ setup, channelId: 'C0PITCH', pages, isForPrompt: true }),
    ),
    form('bind a channel, a hundred clients', () => bindChannelModal({ setup: large, channelId: 'C0SUMMER', pages })),
    form('not allowed', mayNotModal),
    form('out of date', outOfDateModal),
    form('loading', loadingModal),
    form('sent', sentModal),
    form('sent before', sentBeforeModal),
  ],
};
