// Where one writes: Enter sends, Shift+Enter breaks the line, "/" offers the commands. Drafts stay with their channel.
import { fill, h } from '../dom.js';
import { icon, spinner } from '../icons.js';
import { act } from '../server.js';
import { drafts } from './drafts.js';
import { commandIn, createSlashMenu } from './slash-menu.js';

const HEIGHT_MAX_PX = 260;
const SLOW_MS = 200;

/** `inThread` writes replies to the open thread; `onSend` hears of everything sent. */
export function createComposer(session, { inThread = false, onSend = () => {} } = {}) {
  const threadTs = () => (inThread ? session.threadTs : null);
  const frame = createFrame(inThread);
  const { input } = frame;
  const menu = createSlashMenu({ anchor: frame.box, input, pick: (command) => write(`${command} `) });
  // As in Slack: a command that is typed in a thread all the same is refused in Slack's words.
  const mayCommand = () => !inThread;
  let draftOf = '';
  const write = (text) => {
    input.value = text;
    input.focus();
    input.setSelectionRange(text.length, text.length);
    edited();
  };
  const edited = () => {
    drafts.set(session.as, session.channelId, threadTs(), input.value);
    dress(frame, session);
    if (mayCommand()) menu.update(input.value, session.view.commands);
  };
  const submit = async () => {
    const text = input.value;
    if (text.trim() === '') return;
    const thread = threadTs() === null ? {} : { threadTs: threadTs() };
    const to = { as: session.as, channelId: session.channelId, ...thread };
    write('');
    onSend();
    const answer = await whileSending(frame.send, act(toAct(to, text)));
    if (answer.ok) return;
    session.note(to, answer.message);
    if (session.as === to.as && session.channelId === to.channelId && input.value === '') write(text);
  };
  frame.send.addEventListener('click', submit);
  frame.slash.addEventListener('click', () => write(input.value.startsWith('/') ? input.value : `/${input.value}`));
  input.addEventListener('input', edited);
  input.addEventListener('blur', () => menu.close());
  input.addEventListener('keydown', (event) => {
    if (menu.onKey(event)) return;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  return {
    element: frame.element,
    focus: () => input.focus(),
    /** `closed` is a sentence in place of the box, where writing is off. */
    draw(placeholder, closed = null) {
      frame.slash.hidden = !mayCommand();
      frame.box.hidden = closed !== null;
      fill(frame.closed, closed ?? '', () => closed);
      input.placeholder = placeholder;
      input.setAttribute('aria-label', placeholder);
      const key = [session.as, session.channelId, threadTs()].join(' ');
      const kept = drafts.get(session.as, session.channelId, threadTs());
      if (key === draftOf && kept === input.value) return;
      draftOf = key;
      input.value = kept;
      menu.close();
      dress(frame, session);
    },
  };
}

/** Quick answers, nearly all, show nothing; a slow app's shows that something is under way. */
async function whileSending(send, answering) {
  const timer = setTimeout(() => send.replaceChildren(spinner(18)), SLOW_MS);
  const answer = await answering;
  clearTimeout(timer);
  send.replaceChildren(icon('send', 18));
  return answer;
}

function createFrame(inThread) {
  const input = h('textarea', { class: 'composer-input', rows: 1, dir: 'auto', 'data-testid': 'composer-input' });
  const hint = h('div', { class: 'composer-hint' });
  const button = (props, name) => h('button', { type: 'button', ...props }, icon(name, 18));
  const send = button({ class: 'send', 'data-testid': 'send', 'aria-label': 'Send', title: 'Send (Enter)' }, 'send');
  const slash = button({ class: 'composer-tool', title: 'Commands', 'aria-label': 'Show the commands' }, 'slash');
  const box = h('div', { class: 'composer-box' }, input, h('div', { class: 'composer-foot' }, slash, hint, send));
  const testId = inThread ? 'thread-composer' : 'composer';
  const closed = h('p', { class: 'composer-closed', 'data-testid': 'composer-closed' });
  const element = h('div', { class: 'composer', 'data-testid': testId }, box, closed);
  return { element, box, closed, input, hint, send, slash };
}

function dress({ input, send, hint, slash }, session) {
  input.style.height = 'auto';
  input.style.height = `${Math.min(input.scrollHeight, HEIGHT_MAX_PX)}px`;
  send.disabled = input.value.trim() === '';
  const command = commandIn(input.value, session.view.commands);
  fill(hint, command?.command ?? '', () => drawHint(command, !slash.hidden));
}

/** `/word …` is a command, as in Slack; anything else is said. */
function toAct(to, text) {
  const match = /^(\/[^\s/]+)(?:\s+([\s\S]*))?$/.exec(text.trimEnd());
  if (match === null) return { act: 'say', ...to, text: text.trim() };
  return { act: 'command', ...to, command: match[1], text: (match[2] ?? '').trim() };
}

function drawHint(command, withCommands) {
  if (command !== null && withCommands) {
    const usage = h('span', {}, command.usageHint);
    return h('span', { 'data-testid': 'command-hint' }, h('strong', {}, command.command), ' ', usage);
  }
  const key = (name) => h('kbd', {}, name);
  const keys = [key('Enter'), ' sends, ', key('Shift+Enter'), ' breaks the line'];
  if (!withCommands) return h('span', { class: 'hint-keys' }, keys);
  return [h('span', { class: 'hint-keys' }, keys, ', '), key('/'), ' for commands'];
}
