import type { LocalSlackContext } from '../context.ts';
import type { Act, ActAnswer } from '../view.ts';
import { setMember, setPerson, setShared } from './administer.ts';
import { DONE, refused } from './answers.ts';
import { click } from './click.ts';
import { type CommandAct, runCommand } from './command.ts';
import { openHome } from './open-home.ts';
import { react } from './react.ts';
import { say } from './say.ts';
import { runShortcut } from './shortcut.ts';
import { closeModal, submit } from './submit.ts';

/** Does in the workspace what a person does on the page or in a test. Refuses bots and deactivated accounts. */
export async function perform(context: LocalSlackContext, act: Act | CommandAct): Promise<ActAnswer> {
  const person = context.state.people.get(act.as);
  if (!person || person.kind === 'bot') return refused('Nobody here by that name.');
  if (person.deactivated && !OF_THE_PLAYGROUND.has(act.act)) return refused('This account has been deactivated.');
  switch (act.act) {
    case 'say':
      return say(context, person, act);
    case 'react':
      return react(context, person, act);
    case 'command':
      return runCommand(context, person, act);
    case 'shortcut':
      return runShortcut(context, person, act);
    case 'block':
      return click(context, person, act);
    case 'submit':
      return submit(context, person, act);
    case 'close':
      return closeModal(context, person, act.viewId);
    case 'open_home':
      return openHome(context, person);
    case 'read':
      context.state.markRead(person.userId, act.channelId, act.ts);
      context.changes.tell('state', [person.userId]);
      return DONE;
    case 'set_person':
      return setPerson(context, act);
    case 'set_member':
      return setMember(context, act);
    case 'set_shared':
      return setShared(context, act);
    case 'let_week_pass':
      return letWeekPass(context);
    case 'reset':
      return reset(context);
  }
}

/** Done by the developer at this machine, not by a person of the workspace: works even as a person who is gone. */
const OF_THE_PLAYGROUND: ReadonlySet<Act['act']> = new Set([
  'set_person',
  'set_member',
  'set_shared',
  'let_week_pass',
  'reset',
]);

function letWeekPass({ passing }: LocalSlackContext): ActAnswer {
  const problem = passing.begin();
  return problem === null ? DONE : refused(problem);
}

/** The product first: while it forgets, it may still write here. */
async function reset(context: LocalSlackContext): Promise<ActAnswer> {
  if (context.passing.look().isPassing) return refused('A week is passing. Reset the playground when it is over.');
  await context.onReset();
  context.modals.clearAll();
  context.violations.clear();
  context.state.reset();
  for (const { channelId } of context.state.channels.all()) context.changes.tell(channelId, null);
  context.changes.tell('state', null);
  return DONE;
}
