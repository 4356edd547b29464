import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { watchProcess } from '../../src/start/process-life.ts';

const life = watchProcess({ underNpm: false });
const [what = ''] = process.argv.slice(2);
life.reportBy((error, then) => console.error(then, String(error)));
life.stopBy(async () => {
  await wait(50);
  if (what === 'exception-while-stopping') setTimeout(() => failNow(), 0);
  await wait(50);
  console.error('stopped in order');
});

function failNow(): never {
  throw new Error('of a bug');
}

const acts: Record<string, () => unknown> = {
  rejection: () => Promise.reject(new Error('of a bug')),
  'rejection-of-undefined': () => Promise.reject(undefined as unknown as Error),
  'rejection-in-a-timer': () => setTimeout(() => void Promise.resolve().then(failNow), 1),
  exception: () => setTimeout(failNow, 1),
  'error-event': () => setTimeout(() => new EventEmitter().emit('error', new Error('of a bug')), 1),
  'exception-while-stopping': () => undefined,
  'broken-pipe': () => setInterval(() => console.log('x'.repeat(10_000)), 5),
};
void acts[what]?.();
// As a server would.
setInterval(() => undefined, 1_000);
const endsByItself = ['exception', 'error-event'].includes(what);
if (!endsByItself) setTimeout(() => process.kill(process.pid, 'SIGTERM'), 300);
