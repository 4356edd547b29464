// Starting over: everything the local Slack remembers goes, after a question.
import { askConfirm } from '../blocks/confirm.js';
import { act } from '../server.js';

const QUESTION = {
  title: { type: 'plain_text', text: 'Reset the playground?' },
  text: {
    type: 'plain_text',
    text: 'This deletes all messages, images, limits and settings in this local workspace and starts over.',
  },
  confirm: { type: 'plain_text', text: 'Reset' },
  deny: { type: 'plain_text', text: 'Keep everything' },
  style: 'danger',
};

export async function confirmReset(session) {
  if (!(await askConfirm(QUESTION, session.directory))) return;
  const answer = await act({ act: 'reset', as: session.as });
  if (!answer.ok) return session.note(session, answer.message);
  sessionStorage.clear();
  location.assign(`${location.pathname}?${new URLSearchParams({ as: session.as })}`);
}
