// The page starts here: builds its parts once, then draws them again whenever something changed.

import { SLACKBOT } from './directory.js';
import { append, fill, h } from './dom.js';
import { withNotes } from './pages.js';
import { createAdminister } from './parts/administer.js';
import { createComposer } from './parts/composer.js';
import { createHome } from './parts/home.js';
import { introOf } from './parts/intro.js';
import { createMainHead } from './parts/main-head.js';
import { createMessageList } from './parts/message-list.js';
import { createModal } from './parts/modal.js';
import { createReading } from './parts/reading.js';
import { createSidebar } from './parts/sidebar.js';
import { createStrip } from './parts/strip.js';
import { createThread } from './parts/thread.js';
import { createTopbar } from './parts/topbar.js';
import { readPlace } from './place.js';
import { createSession } from './session.js';

/** As manifest.yml has it: people read the app's messages, but cannot write there. */
const APP_CLOSED = 'Sending messages to this app has been turned off.';

const root = document.getElementById('app');
const session = createSession(() => draw());
const list = createMessageList(session, { label: 'Messages', onOlder: () => session.older() });
const composer = createComposer(session, { onSend: () => list.stick() });
const reading = createReading(session, list);
const home = createHome(session);
const administer = createAdminister(session);
session.administer = () => administer.open();
const parts = [createTopbar, createSidebar, createMainHead, createStrip, createThread, createModal].map((create) =>
  create(session),
);
const [topbar, sidebar, head, strip, thread, modal] = parts;
const conversation = h('div', { class: 'conversation' }, list.element, composer.element);
const main = h('main', { class: 'main' }, head.element, strip.element, conversation, home.element);
const trouble = h('div', { class: 'trouble', hidden: true });
const shell = h('div', { class: 'shell', hidden: true }, topbar.element, sidebar.element, main, thread.element);
append(root, [trouble, shell, modal.element, administer.element]);

function draw() {
  const { view } = session;
  shell.hidden = view === null;
  trouble.hidden = view !== null;
  if (view === null) {
    fill(trouble, String(session.trouble), drawTrouble);
    return;
  }
  document.title = `${session.channel()?.name || 'Inkwell'} · ${view.workspaceName}`;
  for (const part of [...parts, administer]) part.draw();
  const onHome = session.tab === 'home';
  conversation.hidden = onHome;
  home.draw();
  if (onHome) return;
  drawMessages();
  composer.draw(placeholder(), session.isApp() ? APP_CLOSED : null);
  reading.read();
}

function drawMessages() {
  const { as, channelId, pages } = session;
  const page = pages.get(channelId) ?? { messages: [], hasOlder: false };
  const messages = withNotes(page.messages, session.notesOf(channelId), { channelId, userId: SLACKBOT.userId });
  const intro = pages.has(channelId) && !page.hasOlder ? introOf(session) : null;
  const key = `${as} ${channelId}`;
  list.draw({ key, messages, hasOlder: page.hasOlder, newFromTs: reading.newFrom(), intro });
}

function placeholder() {
  const channel = session.channel();
  if (channel === null) return 'Message';
  const name = channel.kind === 'im' ? session.directory.partnerOf(channel)?.realName : `#${channel.name}`;
  return `Message ${name}`;
}

function drawTrouble() {
  if (session.trouble === null) return h('p', {}, 'Opening…');
  const retry = h(
    'button',
    { type: 'button', class: 'btn btn-primary', on: { click: () => session.retry() } },
    'Try again',
  );
  return [h('h1', {}, 'The local Slack doesn’t answer'), h('p', {}, session.trouble), retry];
}

addEventListener('hashchange', () => {
  const place = readPlace();
  if (place.channelId !== session.channelId || place.tab !== session.tab || place.threadTs !== session.threadTs) {
    session.open(place.channelId, place);
  }
});
addEventListener('focus', () => session.view && reading.read());
session.start();
