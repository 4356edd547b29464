// The left column: workspace, channels, direct messages, the app, and the guide.

import { avatar } from '../directory.js';
import { apart, h } from '../dom.js';
import { follow } from '../follow.js';
import { icon } from '../icons.js';
import { dateAndTime } from '../text/dates.js';
import { drafts } from './drafts.js';
import { createGuide } from './guide.js';

export function createSidebar(session) {
  const name = h('div', { class: 'workspace-name', dir: 'auto', 'data-testid': 'workspace' });
  const note = h('div', { class: 'workspace-note', 'data-testid': 'workspace-note' });
  const channels = createSection('Channels', session);
  const messages = createSection('Direct messages', session);
  const apps = createSection('Apps', session);
  const guide = createGuide(session);
  const element = h(
    'nav',
    { class: 'sidebar', 'aria-label': 'Channels and direct messages' },
    h('div', { class: 'workspace' }, name, note),
    h('div', { class: 'sidebar-scroll' }, channels.element, messages.element, apps.element),
    guide.element,
  );
  return {
    element,
    draw() {
      const { view, directory } = session;
      name.textContent = view.workspaceName;
      note.textContent = isAhead(view) ? `It is ${dateAndTime(view.time.now)}` : 'Local playground';
      const app = directory.appChannel();
      channels.draw(view.channels.filter(({ kind }) => kind === 'channel'));
      messages.draw(view.channels.filter((channel) => channel.kind === 'im' && channel !== app));
      apps.draw(app === null ? [] : [app]);
      guide.draw();
    },
  };
}

/** A week was let pass. A few minutes are no more than two clocks that differ. */
const isAhead = ({ time }) => time.isPassing || time.now - Date.now() > 3_600_000;

function createSection(title, session) {
  const list = h('ul', { class: 'channel-list' });
  const element = h('section', { class: 'channel-section', 'aria-label': title }, h('h2', {}, title), list);
  return {
    element,
    draw(channels) {
      element.hidden = channels.length === 0;
      const seen = (channel) => {
        const shown = channel.channelId === session.channelId;
        return {
          channel,
          shown,
          read: shown && session.tab === 'messages',
          draft: !shown && drafts.has(session.as, channel.channelId),
          partner: session.directory.partnerOf(channel),
        };
      };
      follow(list, channels.map(seen), {
        key: ({ channel }) => channel.channelId,
        signature: JSON.stringify,
        make: (item) => drawChannel(item, session),
      });
    },
  };
}

function drawChannel({ channel, shown, read, draft, partner }, session) {
  const { channelId, isShared, unread } = channel;
  const im = channel.kind === 'im';
  const app = im && session.directory.isBot(partner?.userId);
  const name = (im ? partner?.realName : null) ?? channel.name;
  const mark = im ? avatar(partner, 20) : icon('hash', 16);
  const noisy = unread > 0 && !read;
  const about = [
    im ? name : `channel ${name}`,
    isShared ? 'shared with people outside the agency' : '',
    noisy ? `${unread} unread` : '',
  ];
  const button = h(
    'button',
    {
      type: 'button',
      class: `channel ${shown ? 'channel-shown' : ''} ${noisy ? 'channel-unread' : ''}`,
      'aria-current': shown ? 'page' : null,
      'aria-label': about.filter(Boolean).join(', '),
      'data-testid': 'channel',
      'data-channel-id': channelId,
      'data-action-id': `channel-${channelId}`,
      on: { click: () => session.open(channelId, { tab: app && !noisy ? session.lastAppTab : 'messages' }) },
    },
    mark,
    apart(name, { class: 'channel-name' }),
    draft ? icon('pencil', 14) : null,
    isShared
      ? h('span', { class: 'channel-shared', title: 'Shared with people outside the agency' }, icon('shared', 15))
      : null,
    noisy ? h('span', { class: 'unread', 'data-testid': 'unread' }, unread > 99 ? '99+' : String(unread)) : null,
  );
  return h('li', {}, button);
}
