// The guide at the foot of the sidebar. Each step takes one there: right person, right channel, draft typed.
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { APP } from '../session.js';
import { drafts } from './drafts.js';
import { STEPS } from './guide-steps.js';

const CLOSED = 'inkwell-guide-closed';
const ABOUT =
  'A small agency’s Slack, on this machine, with Inkwell in it: it makes images in client channels, and every image costs a client’s credits.';

export function createGuide(session) {
  const list = h('ol', { class: 'guide-steps' });
  const element = h(
    'details',
    { class: 'guide', 'data-testid': 'guide' },
    h('summary', {}, icon('compass', 16), h('span', {}, 'Try this'), icon('down', 16)),
    h('p', { class: 'guide-about', 'data-testid': 'about' }, ABOUT),
    list,
  );
  element.open = localStorage.getItem(CLOSED) === null;
  element.addEventListener('toggle', () => {
    if (element.open) localStorage.removeItem(CLOSED);
    else localStorage.setItem(CLOSED, 'yes');
  });
  let signature = '';
  return {
    element,
    draw() {
      const steps = STEPS.map((step) => ({ ...step, person: findPerson(session, step.as) }));
      const now = steps.map(({ person }) => person?.userId).join();
      if (now === signature) return;
      signature = now;
      list.replaceChildren(...steps.map((step) => h('li', {}, drawStep(step, session))));
    },
  };
}

function drawStep(step, session) {
  if (!step.person) return h('span', {}, step.text);
  const go = () => takeThere(step, session);
  return h(
    'button',
    { type: 'button', class: 'guide-step', 'data-testid': 'guide-step', on: { click: go } },
    step.text,
  );
}

async function takeThere({ person, channel: name, home, app, draft, press, administer }, session) {
  await session.start({
    as: person.userId,
    channelId: home || app ? APP : '',
    tab: home ? 'home' : 'messages',
    threadTs: null,
  });
  if (administer) session.administer();
  const channel = session.view?.channels.find((one) => one.name === name);
  if (!channel) return;
  await session.open(channel.channelId);
  const buttons = press ? [...document.querySelectorAll(`.main [data-action-id="${press}"]`)] : [];
  if (buttons.length > 0) {
    buttons.at(-1).focus();
    return;
  }
  if (draft) {
    drafts.set(session.as, channel.channelId, null, draft);
    session.show();
  }
  document.querySelector('.main [data-testid="composer-input"]')?.focus();
}

function findPerson({ view }, firstName) {
  return view.people.find(({ realName }) => realName.split(/\s/)[0] === firstName) ?? null;
}
