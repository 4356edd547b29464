import { createMemoryLeases, type Leases } from '../../../src/peers/lease.ts';
import { OneWriter, type Sent } from '../../../src/peers/one-writer.ts';
import { decide } from '../../../src/peers/open.ts';
import type { Clock, Log } from '../../../src/ports/ports.ts';
import { withTimeout } from '../../../src/ports/with-timeout.ts';
import type { Process } from './process.ts';
import type { Wire } from './wire.ts';

/** As the product waits for it. */
const ANSWER_WITHIN_MS = 700;

/** How processes know of one another, and hand commands over: through the weather, like everything else. */
export type SimulatedPeers = { writerOf(process: Process, clock: Clock, log: Log): OneWriter };

export function createPeers(parts: {
  workspace: string;
  wire: Wire;
  processOf(name: string): Process | undefined;
  handed(): void;
}): SimulatedPeers {
  const { workspace, wire, processOf, handed } = parts;
  const leases = createMemoryLeases();

  const reachedBy = (sender: Process): Leases => {
    const failure = () => {
      throw new Error('the lease cannot be read or written');
    };
    return {
      newest: (of) =>
        wire(sender, { port: 'peers', verb: 'lease', faults: ['lost', 'late'], act: () => leases.newest(of), failure }),
      claim: (lease) => {
        const act = () => leases.claim(lease);
        const faults = ['lost', 'late', 'answer_lost', 'overtaken'] as const;
        return wire(sender, { port: 'peers', verb: `claim term ${lease.term}`, faults, act, failure });
      },
    };
  };

  return {
    writerOf: (sender, clock, log) =>
      new OneWriter({
        ...{ workspace, leases: reachedBy(sender), clock, log, rules: 'same' },
        ...{ processId: sender.name, url: `http://${sender.name}` },
        async send({ processId }, handOver) {
          const act = async (): Promise<Sent> => {
            const { isAlive, world, writer } = processOf(processId) ?? {};
            if (!isAlive || !world || !writer) return { kind: 'not_sent', cause: null };
            if (!writer.accepts(handOver)) return { kind: 'not_here' };
            handed();
            return await decide(world.book, handOver, world.clock.now());
          };
          const work = wire<Sent>(sender, {
            port: 'peers',
            verb: `${handOver.commands.map(({ command }) => command.kind).join()} to ${processId}`,
            faults: ['lost', 'late', 'answer_lost', 'doubled', 'overtaken'],
            act,
            failure: (about) => ({ kind: about === 'never' ? 'not_sent' : 'in_doubt', cause: null }),
          });
          const late = (): Sent => ({ kind: 'in_doubt', cause: null });
          return await withTimeout(clock, { ms: ANSWER_WITHIN_MS, work, late });
        },
      }),
  };
}
