/** A trigger opens one view within three seconds of the click or command that made it. */
const TRIGGER_LIFE_MS = 3_000;
const TRIGGERS_MAX = 1_000;

export type Trigger = { userId: string; isFromModal: boolean };
export type TriggerError = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

export type Triggers = {
  issue(trigger: Trigger): string;
  /** Uses the trigger up. */
  exchange(id: string): Trigger | TriggerError;
};

export function createTriggers(clock: () => number, secret: () => string): Triggers {
  const issued = new Map<string, Trigger & { issuedAt: number; isUsed: boolean }>();
  let serial = 0;
  return {
    issue: (trigger) => {
      serial += 1;
      const id = `${Math.floor(clock() / 1000)}.${serial}.${secret()}`;
      issued.set(id, { ...trigger, issuedAt: clock(), isUsed: false });
      for (const oldest of issued.keys()) {
        if (issued.size <= TRIGGERS_MAX) break;
        issued.delete(oldest);
      }
      return id;
    },
    exchange: (id) => {
      const trigger = issued.get(id);
      if (!trigger) return 'invalid_trigger_id';
      if (trigger.isUsed) return 'exchanged_trigger_id';
      if (clock() - trigger.issuedAt > TRIGGER_LIFE_MS) return 'expired_trigger_id';
      trigger.isUsed = true;
      return trigger;
    },
  };
}
