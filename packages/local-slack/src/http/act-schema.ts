import { z } from 'zod';
import type { Act } from '../view.ts';

const text = z.string().max(40_000);
const id = z.string().max(255);
const values = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())));
const by = { as: id };

const place = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('message'), channelId: id, ts: id }),
  z.strictObject({ in: z.literal('modal'), viewId: id }),
  z.strictObject({ in: z.literal('home') }),
]);

const act = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('say'), ...by, channelId: id, text, threadTs: id.exactOptional() }),
  z.strictObject({ act: z.literal('react'), ...by, channelId: id, ts: id, name: id, isOn: z.boolean() }),
  z.strictObject({ act: z.literal('command'), ...by, channelId: id, command: id, text, threadTs: id.exactOptional() }),
  z.strictObject({ act: z.literal('shortcut'), ...by, callbackId: id, channelId: id, ts: id }),
  z.strictObject({
    act: z.literal('block'),
    ...by,
    where: place,
    blockId: id,
    action: z.record(z.string(), z.unknown()),
    values,
  }),
  z.strictObject({ act: z.literal('submit'), ...by, viewId: id, values }),
  z.strictObject({ act: z.literal('close'), ...by, viewId: id }),
  z.strictObject({ act: z.literal('open_home'), ...by }),
  z.strictObject({ act: z.literal('read'), ...by, channelId: id, ts: id }),
  z.strictObject({
    act: z.literal('set_person'),
    ...by,
    userId: id,
    standing: z.enum(['member', 'guest', 'deactivated']),
  }),
  z.strictObject({ act: z.literal('set_member'), ...by, channelId: id, userId: id, isIn: z.boolean() }),
  z.strictObject({ act: z.literal('set_shared'), ...by, channelId: id, isShared: z.boolean() }),
  z.strictObject({ act: z.literal('let_week_pass'), ...by }),
  z.strictObject({ act: z.literal('reset'), ...by }),
]);

/** An act as the page posted it, or what is wrong with it. */
export function parseAct(body: unknown): { ok: true; act: Act } | { ok: false; problem: string } {
  const result = act.safeParse(body);
  return result.success ? { ok: true, act: result.data } : { ok: false, problem: z.prettifyError(result.error) };
}
