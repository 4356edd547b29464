// The panel on the right: a message and its replies.
import { SLACKBOT } from '../directory.js';
import { apart, h } from '../dom.js';
import { icon } from '../icons.js';
import { withNotes } from '../pages.js';
import { createComposer } from './composer.js';
import { createMessageList } from './message-list.js';

export function createThread(session) {
  const where = h('span', { class: 'thread-where' });
  const close = () => {
    session.open(session.channelId, { tab: session.tab });
    document.querySelector('.main [data-testid="composer-input"]')?.focus();
  };
  const list = createMessageList(session, { label: 'Thread', inThread: true });
  const composer = createComposer(session, { inThread: true, onSend: () => list.stick() });
  const element = h(
    'aside',
    { class: 'thread', 'aria-label': 'Thread', 'data-testid': 'thread', hidden: true },
    h(
      'header',
      { class: 'main-head thread-head' },
      h('div', { class: 'main-title-row' }, h('h2', { class: 'main-title' }, 'Thread'), where),
      h(
        'button',
        {
          type: 'button',
          class: 'btn-bare',
          'aria-label': 'Close the thread',
          'data-testid': 'thread-close',
          on: { click: close },
        },
        icon('close'),
      ),
    ),
    list.element,
    composer.element,
  );
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) close();
  });
  let shown = null;
  return {
    element,
    draw() {
      const { threadTs, thread, channelId } = session;
      element.hidden = threadTs === null;
      if (threadTs === null) {
        shown = null;
        return;
      }
      const channel = session.channel();
      where.replaceChildren(channel?.kind === 'channel' ? '# ' : '', apart(channel?.name ?? ''));
      list.draw({
        key: `${session.as} ${session.channelId} ${threadTs}`,
        messages: withNotes(thread?.messages ?? [], session.notesOf(channelId, threadTs), {
          channelId,
          userId: SLACKBOT.userId,
        }),
      });
      composer.draw('Reply…');
      if (shown !== threadTs) composer.focus();
      shown = threadTs;
    },
  };
}
