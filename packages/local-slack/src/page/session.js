// What the page shows now, and the only code that asks the server for it. Parts read it and call `refresh` to draw.
import { createDirectory } from './directory.js';
import { mergePage } from './pages.js';
import { FIRST_PERSON } from './parts/guide-steps.js';
import { readPlace, writePlace } from './place.js';
import { act, fetchMessages, fetchState, fetchThread, listen, onActed } from './server.js';
import { single } from './single.js';
import { goBy, timeThere } from './text/dates.js';

export function createSession(draw) {
  const session = {
    as: '',
    channelId: '',
    tab: 'messages',
    threadTs: null,
    view: null,
    pages: new Map(),
    thread: null,
    directory: createDirectory(),
    /** Notes of the page itself ("/imagine failed …"), by person and channel: Slackbot's, seen by one person. */
    notes: new Map(),
    trouble: null,
    lost: false,
    lastAppTab: 'home',
  };
  const loads = createLoads(session, draw);
  let stop = () => {};
  let fresh = true;
  const lost = (isLost) => {
    session.lost = isLost;
    draw(session);
  };
  Object.assign(session, {
    async start(place = readPlace()) {
      stop();
      stop = () => {};
      Object.assign(session, {
        as: place.as || FIRST_PERSON,
        channelId: place.channelId,
        tab: place.tab,
        threadTs: place.threadTs,
      });
      Object.assign(session, { view: null, thread: null });
      session.pages.clear();
      await loads.everything(fresh);
      if (session.view === null) return;
      fresh = false;
      stop = listen(session.as, { changed: loads.changed, lost });
    },
    /** Becomes another person; stays in the channel if they are in it too. */
    become: (as) =>
      session.start({ ...placeOf(session), as, threadTs: null, ...(session.isApp() ? { channelId: APP } : {}) }),
    open(wanted, { tab = 'messages', threadTs = null } = {}) {
      const channelId = wanted === APP ? (session.directory.appChannel()?.channelId ?? '') : wanted;
      Object.assign(session, { channelId, tab, threadTs, thread: null });
      if (session.isApp()) session.lastAppTab = tab;
      writePlace(placeOf(session));
      draw(session);
      return loads.shown();
    },
    /** Draws what the page keeps itself: a draft put into the composer. */
    show: () => draw(session),
    openThread: (threadTs) => session.open(session.channelId, { threadTs }),
    older: loads.older,
    note({ channelId, threadTs = null }, text) {
      const key = noteKey(session, channelId, threadTs);
      session.notes.set(key, [...(session.notes.get(key) ?? []), { ts: String(timeThere() / 1000), threadTs, text }]);
      draw(session);
    },
    dropNote({ channelId, threadTs, ts }) {
      const key = noteKey(session, channelId, threadTs);
      session.notes.set(
        key,
        (session.notes.get(key) ?? []).filter((note) => note.ts !== ts),
      );
      draw(session);
    },
    notesOf: (channelId, threadTs) => session.notes.get(noteKey(session, channelId, threadTs)) ?? [],
    channel: () => session.directory.channel(session.channelId),
    isApp: () => session.channelId !== '' && session.directory.appChannel()?.channelId === session.channelId,
    retry: () => session.start(),
    refresh: () => loads.changed(['state']),
  });
  onActed((body) => body.act !== 'read' && loads.changed(['state']));
  return session;
}

/** Slack stacks no more than three. */
const MODALS_MAX = 3;

/** Stands for the app's own direct message, whose id differs from person to person. */
export const APP = 'APP';

function noteKey(session, channelId, threadTs = null) {
  return `${session.as} ${channelId} ${threadTs}`;
}

function placeOf({ as, channelId, tab, threadTs }) {
  return { as, channelId, tab, threadTs };
}

/** Loads that coalesce: however many events come, one request of a kind is under way and at most one waits. */
function createLoads(session, draw) {
  const state = single(async () => {
    const { as } = session;
    const view = await fetchState(as).catch((error) => {
      if (error.status !== 404 || as === FIRST_PERSON) throw error;
      return fetchState(FIRST_PERSON);
    });
    if (as !== session.as) return;
    session.view = view;
    goBy(view.time.now);
    session.as = view.me.userId;
    session.directory.update(view);
    settle(session);
  });
  /** As in Slack, no modal outlives a reload. */
  const dropModals = async () => {
    for (let tries = 0; session.view?.modal && tries < MODALS_MAX; tries += 1) {
      const { as, view } = session;
      await act({ act: 'close', as, viewId: view.modal.viewId });
      await state();
    }
  };
  const messages = single(async () => {
    const { as, channelId } = session;
    if (channelId === '') return;
    const page = await fetchMessages(as, channelId).catch(nothingHere({ channelId, messages: [], hasOlder: false }));
    if (as === session.as) session.pages.set(channelId, mergePage(session.pages.get(channelId), page));
  });
  const thread = single(async () => {
    const { as, channelId, threadTs } = session;
    if (threadTs === null) return;
    const page = await fetchThread(as, channelId, threadTs).catch(nothingHere(null));
    if (as === session.as && threadTs === session.threadTs) session.thread = page;
  });
  const guarded = async (...works) => {
    try {
      for (const work of works) await work();
      session.trouble = null;
    } catch (error) {
      session.trouble = error.message;
    }
    draw(session);
  };
  return {
    everything: (fresh) => guarded(state, ...(fresh ? [dropModals] : []), messages, thread),
    shown: () => guarded(messages, thread),
    changed(keys) {
      const all = keys.includes('all');
      const here = all || keys.includes(session.channelId);
      return guarded(state, ...(here ? [messages, thread] : []));
    },
    older: () =>
      guarded(async () => {
        const { as, channelId } = session;
        const page = session.pages.get(channelId);
        if (!page?.hasOlder) return;
        const older = await fetchMessages(as, channelId, page.messages[0]?.ts);
        const now = session.pages.get(channelId);
        const known = new Set(now.messages.map(({ ts }) => ts));
        const added = older.messages.filter(({ ts }) => !known.has(ts));
        session.pages.set(channelId, { ...now, messages: [...added, ...now.messages], hasOlder: older.hasOlder });
      }),
  };
}

/** The person left the channel, or the thread is gone: nothing to show, and no error. */
function nothingHere(instead) {
  return (error) => {
    if (error.status !== 404) throw error;
    return instead;
  };
}

/** Falls back to a channel the person is in, and puts into the address what is really shown. */
function settle(session) {
  const { view } = session;
  if (session.channelId === APP) session.channelId = session.directory.appChannel()?.channelId ?? '';
  const { channelId } = session;
  const known = view.channels.some((channel) => channel.channelId === channelId);
  if (!known) {
    const first = view.channels.find(({ kind }) => kind === 'channel') ?? view.channels[0];
    Object.assign(session, { channelId: first?.channelId ?? '', tab: 'messages', threadTs: null, thread: null });
  }
  if (!session.isApp()) session.tab = 'messages';
  writePlace(placeOf(session));
}
