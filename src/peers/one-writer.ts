import type { ForwardedCommand, Handed, Writer } from '../book/forward-commands.ts';
import type { Clock, Log } from '../ports/ports.ts';
import { withTimeout } from '../ports/with-timeout.ts';
import type { Lease, Leases } from './lease.ts';

/** Commands for the process that has this term, and the newest line that the sender knows. */
export type HandOver = {
  workspace: string;
  term: number;
  rules: string;
  commands: readonly Handed[];
  afterSeq: number;
};

/** `not_here`: it has not, or no more, or decides by other rules; nothing was done. */
export type Reply = ({ kind: 'done' } & ForwardedCommand) | { kind: 'not_here' };

/** `not_sent`: nothing can have happened there. `in_doubt`: it may have. */
export type Sent = Reply | { kind: 'not_sent' | 'in_doubt'; cause: unknown };

export type Send = (to: { url: string; processId: string }, handOver: HandOver) => Promise<Sent>;

/** So old is what is known of the lease at most when a command is decided. */
const LOOK_EVERY_MS = 1_000;
/** A store that is silent is the journal's to judge, and not waited for twice. */
const LOOK_WITHIN_MS = 250;
/** The writer has failed everybody here for as long: another one takes over. */
const SILENT_MS = 1_000;
/** It is tried again after as long, twice as long each time. */
const PAUSE_MS = [250, 8_000] as const;
/** Two processes that cannot reach each other take over from one another this often, half as often each time. */
const TAKE_OVER_EVERY_MS = [2_000, 120_000] as const;

/**
 * Knows which process writes for all, hands commands to it, and takes over where it is silent. Until then this process
 * decides by itself, against everybody: slower, and as safe.
 */
export class OneWriter implements Writer {
  private lease: Lease | null = null;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | null = null;
  /** Failures without an answer in between. */
  private silent: { sinceAt: number; lastAt: number; times: number } | null = null;
  /** Nothing is handed over until then. */
  private notBeforeAt = Number.NEGATIVE_INFINITY;
  private takeOvers = { count: 0, notBeforeAt: Number.NEGATIVE_INFINITY };
  private isLeaving = false;

  constructor(private readonly parts: Parts) {}

  /** Whether this process believes that it writes for all. */
  get isMine(): boolean {
    return !this.isLeaving && this.lease?.processId === this.parts.processId && this.lease.url !== null;
  }

  /** The term that is known; 0 before the first. */
  get term(): number {
    return this.lease?.term ?? 0;
  }

  async forwardCommands(commands: readonly Handed[], afterSeq: number): Promise<ForwardedCommand | null> {
    await this.lookInTime();
    const { lease } = this;
    const { clock, send, workspace, rules } = this.parts;
    if (this.isMine || !lease || lease.url === null || lease.processId === this.parts.processId) return null;
    const sentAt = clock.now();
    if (sentAt < this.notBeforeAt) return null;
    const { url, processId, term } = lease;
    const sent = await send({ url, processId }, { workspace, term, rules, commands, afterSeq });
    switch (sent.kind) {
      case 'done':
        if (sent.outcomes.some((outcome) => outcome === 'failed' || outcome === 'in_doubt')) this.failed(sentAt);
        else this.silent = null;
        return sent;
      case 'not_here':
        this.lookedAt = Number.NEGATIVE_INFINITY;
        this.notBeforeAt = clock.now() + PAUSE_MS[0];
        return null;
      case 'not_sent':
        this.failed(sentAt);
        return null;
      case 'in_doubt':
        this.failed(sentAt);
        return { outcomes: commands.map(() => 'in_doubt'), seq: 0, lines: [] };
    }
  }

  lostRace(): void {
    this.lookedAt = Number.NEGATIVE_INFINITY;
  }

  /** Whether commands of another process are for this one. Where they are not, one of the two knows an old term. */
  accepts({ workspace, term, rules }: Pick<HandOver, 'workspace' | 'term' | 'rules'>): boolean {
    if (workspace !== this.parts.workspace || rules !== this.parts.rules) return false;
    if (this.isMine && term === this.term) return true;
    if (term > this.term) this.lookedAt = Number.NEGATIVE_INFINITY;
    void this.lookInTime();
    return false;
  }

  /** Looks who it is before the first command comes, and takes the lease where it is free. */
  async open(): Promise<void> {
    await this.lookInTime();
  }

  /** Gives the lease back at once, and takes none from now on. Commands are still handed to who has it then. */
  async leave(): Promise<void> {
    const wasMine = this.isMine;
    this.isLeaving = true;
    await this.looking;
    if (!wasMine || this.lease?.processId !== this.parts.processId) return;
    const { clock } = this.parts;
    const work = this.claim({ ...this.lease, term: this.term + 1, url: null });
    await withTimeout(clock, { ms: LOOK_WITHIN_MS, work, late: () => undefined });
  }

  private async lookInTime(): Promise<void> {
    const { clock } = this.parts;
    const isSomebodys = this.lease !== null && this.lease.url !== null;
    if (isSomebodys && clock.now() - this.lookedAt < LOOK_EVERY_MS && !this.isToTakeOver()) return;
    this.looking ??= this.look().finally(() => {
      this.looking = null;
    });
    await withTimeout(clock, { ms: LOOK_WITHIN_MS, work: this.looking, late: () => undefined });
  }

  private async look(): Promise<void> {
    const { leases, workspace, clock, processId, url, log } = this.parts;
    this.lookedAt = clock.now();
    try {
      this.become(await leases.newest(workspace));
      const isFree = this.lease === null || this.lease.url === null;
      const takesOver = !isFree && this.isToTakeOver();
      if (this.isLeaving || (!isFree && !takesOver)) return;
      if (takesOver) this.countTakeOver();
      await this.claim({ workspace, term: this.term + 1, processId, url });
    } catch (error) {
      // Which process writes is a matter of speed: the journal itself says what is wrong with the store.
      log.warn({ error: String(error) }, 'could not look up which process writes for all');
    }
  }

  private async claim(lease: Lease): Promise<void> {
    const { leases, workspace, log } = this.parts;
    const claimed = await leases.claim(lease);
    this.become(claimed === 'claimed' ? lease : await leases.newest(workspace));
    if (claimed === 'claimed') {
      log.info(
        { term: lease.term },
        lease.url === null ? 'no longer writes for all processes' : 'writes for all processes',
      );
    }
  }

  private become(lease: Lease | null): void {
    if (!lease || lease.term <= this.term) return;
    this.lease = lease;
    this.silent = null;
    this.notBeforeAt = Number.NEGATIVE_INFINITY;
  }

  private isToTakeOver(): boolean {
    if (!this.silent || this.isLeaving) return false;
    const { sinceAt, lastAt } = this.silent;
    return lastAt - sinceAt >= SILENT_MS && this.parts.clock.now() >= this.takeOvers.notBeforeAt;
  }

  private countTakeOver(): void {
    const { notBeforeAt, count } = this.takeOvers;
    const now = this.parts.clock.now();
    const [least, most] = TAKE_OVER_EVERY_MS;
    const goesOn = now - notBeforeAt < most;
    const times = goesOn ? count : 0;
    this.takeOvers = { count: times + 1, notBeforeAt: now + Math.min(most, least * 2 ** times) };
  }

  private failed(sentAt: number): void {
    const { sinceAt = sentAt, times = 0 } = this.silent ?? {};
    const [least, most] = PAUSE_MS;
    const lastAt = this.parts.clock.now();
    this.silent = { sinceAt, lastAt, times: times + 1 };
    this.notBeforeAt = lastAt + Math.min(most, least * 2 ** times);
  }
}

type Parts = {
  workspace: string;
  leases: Leases;
  send: Send;
  /** Steady, whatever the machine believes the time to be: no time of another process is ever compared with it. */
  clock: Clock;
  log: Log;
  processId: string;
  /** Where this process is reached. */
  url: string;
  /** By which a command is decided: processes of different versions decide each for themselves. */
  rules: string;
};
