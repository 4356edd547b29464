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
      on: { click: () => stick() },
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
  let lastTop = 0;
  /** While one reads further up: the row at the top, and where it stood. */
  let held = null;
  const left = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  const settle = () => {
    lastTop = scroller.scrollTop;
    held = stuck ? null : firstVisible(scroller, rows);
    jump.hidden = left() < AT_END_PX;
  };
  /** Pictures load and boxes grow: the end stays the end, and what one reads stays where it is. */
  const keepPlace = () => {
    if (stuck) scroller.scrollTop = scroller.scrollHeight;
    else if (held?.node.isConnected) scroller.scrollTop += topIn(scroller, held.node) - held.top;
    settle();
  };
  const stick = () => {
    stuck = true;
    keepPlace();
  };
  const askOlder = async () => {
    if (asking || older.hidden || onOlder === null) return;
    asking = true;
    await onOlder();
    asking = false;
  };
  scroller.addEventListener('scroll', () => {
    // Only going up leaves the end: a scroll event may come after the list has grown under it.
    if (left() < AT_END_PX) stuck = true;
    else if (scroller.scrollTop < lastTop - 1) stuck = false;
    settle();
    if (scroller.scrollTop < OLDER_FROM_PX) askOlder();
  });
  const sizes = new ResizeObserver(keepPlace);
  for (const box of [scroller, beginning, rows]) sizes.observe(box);
  return {
    element,
    atEnd: () => stuck,
    /** Goes to the end and stays there, until one scrolls up. */
    stick,
    /** `key` names what is listed: another channel or person starts at the end again. */
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
      held = stuck ? null : firstVisible(scroller, rows);
      older.hidden = !hasOlder;
      drawRows(rows, rowsOf(messages, { newFromTs, inThread }), session, inThread);
      keepPlace();
      shownKey = key;
    },
  };
}

function drawRows(box, rows, session, inThread) {
  const context = { session, inThread };
  follow(box, rows, {
    key: ({ key }) => key,
    signature: (row) =>
      JSON.stringify([
        row,
        row.kind === 'day' && dayName(row.at),
        row.message && session.directory.person(row.message.userId),
      ]),
    make: (row) => (row.kind === 'message' ? paintMessage(null, row, context) : drawLine(row)),
    change: (node, row) => (row.kind === 'message' ? paintMessage(node, row, context) : drawLine(row)),
  });
}

function drawLine({ kind, at, count }) {
  if (kind === 'new') return h('div', { class: 'new-line', 'data-testid': 'new-line' }, h('span', {}, 'New'));
  if (kind === 'replies') return h('div', { class: 'replies-line' }, `${count} ${count === 1 ? 'reply' : 'replies'}`);
  return h('div', { class: 'day' }, h('span', { class: 'day-name' }, dayName(at)));
}

/** The first row that begins in the upper half of what is seen, else the one that reaches into it. */
function firstVisible(scroller, rows) {
  const reaching = [...rows.children].findIndex((row) => topIn(scroller, row) + row.offsetHeight > 0);
  const [first, second] = [rows.children[reaching], rows.children[reaching + 1]];
  if (!first) return null;
  const begins = second && topIn(scroller, first) < 0 && topIn(scroller, second) < scroller.clientHeight / 2;
  const node = begins ? second : first;
  return { node, top: topIn(scroller, node) };
}

function topIn(scroller, node) {
  return node.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}
