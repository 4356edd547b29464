import type { Bug } from './bugs.ts';

/** In what is made of a clock that is wrong. */
export const IN_CLOCKS: readonly Bug[] = [
  {
    name: 'a process whose clock is wrong spends through the one that writes for all',
    law: 'A process that knows that its clock is wrong spends nothing',
    file: 'src/book/forward-commands.ts',
    find: 'isHanded || refusedFor(command, clockDoubt(clock, known.state)) !== null;',
    put: 'isHanded;',
  },
  {
    name: 'who knows that its clock is wrong spends on',
    law: 'A process that knows that its clock is wrong spends nothing',
    file: 'src/book/clock-doubt.ts',
    find: "if (kind === 'hold' || kind === 'approve' || kind === 'move_budget') return doubt;",
    put: "if (kind === 'move_budget') return doubt;",
  },
  {
    name: 'lines are dated by a clock that is wrong',
    law: 'No line is dated ahead',
    file: 'src/start/trusted-clock.ts',
    find: "return found.source === 'slack' ? found.outsideAt :",
    put: "return found.source === 'slack' ? found.machineAt :",
  },
  {
    name: 'nobody is told that a clock is wrong',
    law: 'Owners hear of a clock that is wrong',
    file: 'src/app/clock/correct-clock.ts',
    find: "if (view && view.kind !== 'corrected') await tellOwnersOfClock(context, view);",
    put: 'void view;',
  },
];
