import type { Core } from '../core.ts';
import type { Act, ActAnswer } from '../view.ts';
import { setMember, setPerson, setShared } from './administer.ts';
import { DONE, refused } from './answers.ts';
import { click } from './click.ts';
import { type CommandAct, runCommand } from './command.ts';
import { openHome } from './open-home.ts';
import { say } from './say.ts';
import { closeModal, submit } from './submit.ts';

/** What a person does, from the page and from tests alike. */
export async function perform(core: Core, act: Act | CommandAct): Promise<ActAnswer> {
  const person = core.state.people.get(act.as);
  if (!person || person.kind === 'bot') return refused('Nobody here by that name.');
  if (person.deactivated && !OF_THE_PLAYGROUND.has(act.act)) return refused('This account has been deactivated.');
  switch (act.act) {
    case 'say':
      return say(core, person, act);
    case 'command':
      return runCommand(core, person, act);
    case 'block':
      return click(core, person, act);
    case 'submit':
      return submit(core, person, act);
    case 'close':
      return closeModal(core, person, act.viewId);
    case 'open_home':
      return openHome(core, person);
    case 'read':
      core.state.markRead(person.userId, act.channelId, act.ts);
      core.changes.tell('state', [person.userId]);
      return DONE;
    case 'set_person':
      return setPerson(core, act);
    case 'set_member':
      return setMember(core, act);
    case 'set_shared':
      return setShared(core, act);
    case 'reset':
      return reset(core);
  }
}

/** Not done by a person of the workspace, but by whoever sits in front of it: even as somebody who is gone. */
const OF_THE_PLAYGROUND: ReadonlySet<Act['act']> = new Set(['set_person', 'set_member', 'set_shared', 'reset']);

/** The product first: while it forgets, it may still write here. */
async function reset(core: Core): Promise<ActAnswer> {
  await core.onReset();
  core.modals.clearAll();
  core.complaints.clear();
  core.state.reset();
  for (const { channelId } of core.state.channels.all()) core.changes.tell(channelId, null);
  core.changes.tell('state', null);
  return DONE;
}
