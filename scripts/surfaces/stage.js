// Runs in the browser instead of the page's main.js: one surface at a time, drawn by the page's own modules.
import { drawBlocks } from './blocks/draw-blocks.js';
import { createSurface } from './blocks/surface.js';
import { createDirectory } from './directory.js';
import { h } from './dom.js';
import { paintMessage } from './parts/message.js';
import { createModal } from './parts/modal.js';
import { fetchState } from './server.js';

/** Where forms and messages are looked at. */
const CHANNEL_ID = 'C0NORTHWIND';
const MESSAGE_WIDTH_PX = 760;
const HOME_WIDTH_PX = 860;

const views = new Map();

/** Draws the surface under the id `sample`, and waits until its pictures are there. */
globalThis.drawSample = async ({ kind, surface, readerId, at }) => {
  if (!views.has(readerId)) views.set(readerId, await fetchState(readerId));
  const view = views.get(readerId);
  const directory = createDirectory();
  directory.update(view);
  const root = document.getElementById('app');
  // The page itself never scrolls; here it is as long as what stands in it.
  for (const element of [document.documentElement, document.body, root]) {
    Object.assign(element.style, { height: 'auto', overflow: 'visible' });
  }
  const session = { as: readerId, channelId: CHANNEL_ID, directory, view };
  const element = DRAWERS[kind](surface, session, { kind, at });
  element.id = 'sample';
  root.replaceChildren(element);
  element.inkwellShow?.();
  await document.fonts.ready;
  const pictures = [...element.querySelectorAll('img')];
  for (const picture of pictures) picture.loading = 'eager';
  await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
};

const DRAWERS = { message: drawMessage, note: drawMessage, modal: drawModal, home: drawHome };

function drawMessage({ text, blocks }, session, { kind, at }) {
  const message = {
    ts: String(at / 1000),
    threadTs: null,
    replies: 0,
    userId: session.view.bot.userId,
    text,
    blocks: named(blocks),
    files: [],
    ephemeral: kind === 'note',
    edited: false,
  };
  const painted = paintMessage(null, { message, compact: false, at }, { session, inThread: false });
  return onPaper(MESSAGE_WIDTH_PX, painted);
}

function drawHome({ blocks }, session) {
  const box = h('div', { class: 'blocks home-blocks' });
  const home = onPaper(HOME_WIDTH_PX, box);
  drawBlocks(
    box,
    named(blocks),
    createSurface({ place: { in: 'home' }, as: () => session.as, directory: session.directory }),
  );
  return home;
}

function drawModal({ title, submit, close, blocks }, session) {
  const modal = {
    viewId: 'V1',
    title: title.text,
    submit: submit?.text ?? null,
    close: close?.text ?? (submit ? 'Cancel' : 'Close'),
    blocks: named(blocks),
    errors: {},
    busy: false,
  };
  const { directory, channelId, as } = session;
  const part = createModal({ as, channelId, directory, view: { modal }, channel: () => directory.channel(channelId) });
  part.element.inkwellShow = () => {
    part.draw();
    document.activeElement?.blur();
  };
  return part.element;
}

const onPaper = (widthPx, ...children) => {
  const paper = h('div', {}, children);
  Object.assign(paper.style, {
    width: `${Math.min(widthPx, window.innerWidth)}px`,
    padding: '12px',
    background: 'var(--canvas)',
  });
  return paper;
};

/** Slack names what an app left nameless. */
const named = (blocks) => blocks.map((block, index) => ({ ...block, block_id: block.block_id ?? `b${index}` }));
