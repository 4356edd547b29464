import { z } from 'zod';

/** As Slack names people: so that no payload can pass for Inkwell itself, which has a name in the ledger too. */
export const userId = z.string().regex(/^[UW][A-Z0-9]{2,}$/);

/** Wherever a delivery names who did it. */
const delivery = z.object({
  user_id: userId.optional(),
  user: z.object({ id: userId }).optional(),
  event: z.object({ user: z.union([userId, z.object({ id: userId })]).optional() }).optional(),
});

/** Whether the sender of a delivery, if it names one, can be a person in Slack. */
export const isFromPerson = (body: unknown): boolean => delivery.safeParse(body).success;
