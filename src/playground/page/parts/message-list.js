// A scrolling list of messages: keyed by ts, stays at the bottom if it was there, and does not jump when older ones come.
import { fill, h } from '../dom.js';
import { follow } from '../follow.js';
import { icon } from '../icons.js';
import { rowsOf } from '../pages.js';
import { dayName } from '../text/dates.js';
import { paintMessage } from './message.js';

/** So close to the end counts as being there. */
const AT_END_PX = 40;
const OLDER_FROM_PX = 400;
const FAR_PX = 500;

export function createMessageList(session, { label, onOlder = null, inThread = false }) {
  const rows = h('div', { class: 'rows', role: 'log', 'aria-label': label });
  const older = h('div', { class: 'older', hidden: true }, 'Loading older messages…');
  const jump = h(
    'button',
    {
      type: 'button',
      class: 'jump',
      hidden: true,
      'data-testid': 'jump',
      'aria-label': 'Jump to the latest message',
      on: { click: () => toEnd() },
    },
    icon('down'),
  );
  const beginning = h('div', { class: 'beginning' });
  const props = {
    class: `message-scroll ${inThread ? 'in-thread' : ''}`,
    tabindex: 0,
    role: 'region',
    'aria-label': label,
  };
  const scroller = h('div', props, older, beginning, rows);
  const element = h('div', { class: 'message-box' }, scroller, jump);
  let shownKey = null;
  let lastTs = null;
  let stuck = true;
  let asking = false;
  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
  };
  const askOlder = async () => {
    if (asking || older.hidden || onOlder === null) return;
    asking = true;
    await onOlder();
    asking = false;
  };
  scroller.addEventListener('scroll', () => {
    const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    stuck = left < AT_END_PX;
    jump.hidden = left < FAR_PX;
    if (scroller.scrollTop < OLDER_FROM_PX) askOlder();
  });
  new ResizeObserver(() => stuck && toEnd()).observe(rows);
  new ResizeObserver(() => stuck && toEnd()).observe(scroller);
  return {
    element,
    atEnd: () => stuck,
    /** `key` names what is listed: another channel or person starts anew, at the end. */
    draw({ key, messages, hasOlder = false, newFromTs = null, intro = null }) {
      const other = shownKey !== key;
      const last = messages.at(-1);
      if (other) rows.replaceChildren();
      // What one has sent oneself, or what went wrong with it, is worth leaving one's place for.
      const own = last !== undefined && last.ts !== lastTs && (last.userId === session.as || last.note === true);
      if (other || own) stuck = true;
      lastTs = last?.ts ?? null;
      fill(beginning, JSON.stringify([key, intro?.text]), () => intro?.draw() ?? null);
      // Another channel's messages are not news to those who listen to the page.
      rows.setAttribute('aria-live', other || messages.length === 0 ? 'off' : 'polite');
      const anchor = stuck ? null : firstVisible(scroller, rows);
      older.hidden = !hasOlder;
      drawRows(rows, rowsOf(messages, { newFromTs, inThread }), session, inThread);
      if (stuck) toEnd();
      else if (anchor?.node.isConnected) scroller.scrollTop += anchor.node.getBoundingClientRect().top - anchor.top;
      shownKey = key;
    },
  };
}

function drawRows(box, rows, session, inThread) {
  const context = { session, inThread };
  follow(box, rows, {
    key: ({ key }) => key,
    signature: (row) => JSON.stringify([row, row.message && session.directory.person(row.message.userId)]),
    make: (row) => (row.kind === 'message' ? paintMessage(null, row, context) : drawLine(row)),
    change: (node, row) => (row.kind === 'message' ? paintMessage(node, row, context) : drawLine(row)),
  });
}

function drawLine({ kind, at, count }) {
  if (kind === 'new') return h('div', { class: 'new-line', 'data-testid': 'new-line' }, h('span', {}, 'New'));
  if (kind === 'replies') return h('div', { class: 'replies-line' }, `${count} ${count === 1 ? 'reply' : 'replies'}`);
  return h('div', { class: 'day' }, h('span', { class: 'day-name' }, dayName(at)));
}

function firstVisible(scroller, rows) {
  const top = scroller.getBoundingClientRect().top;
  const node = [...rows.children].find((row) => row.getBoundingClientRect().bottom > top);
  return node ? { node, top: node.getBoundingClientRect().top } : null;
}
