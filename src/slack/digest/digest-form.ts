import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { DigestSent } from '../../app/digest/send-now.ts';
import { DIGEST_READERS, type DigestPolicy } from '../../ledger/policy.ts';
import { policyParts, READERS_WORDS } from '../../words/describe-policy.ts';
import { capitalized, counted } from '../../words/figures.ts';
import { timeWords, WEEKDAYS } from '../../words/settings.ts';
import { input, modal, option, selectInput } from '../kit/fields.ts';
import { clicks, defineForm } from '../kit/form/form.ts';
import { refusedForm, saidBanner, showInHome, showSaved, type Where } from '../kit/form/home-answer.ts';
import { formMetadata } from '../kit/form/metadata.ts';
import { mergedFields } from '../kit/form/shown.ts';
import { neededAt, optionAt, together } from '../kit/form/values.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import type { Deps } from '../platform/deps.ts';

const DIGEST_FIELDS = { weekday: 'weekday', time: 'time', readers: 'readers' } as const;

/** Times to choose from. */
const STEP_MINUTES = 30;
const DAY_MINUTES = 24 * 60;

const metadata = formMetadata({
  shown: z.object({ weekday: z.int(), minuteOfDay: z.int(), readers: z.enum(DIGEST_READERS) }),
});

/** When the weekly digest goes out, and who gets it. */
export const digestForm = defineForm({
  id: VIEWS.digest,
  opens: {
    [ACTIONS.digestOpen]: async ({ app }, { by, pages }) => {
      const seen = await app.showDigestPolicy({ by });
      return seen.ok ? digestModal({ digest: seen.form, pages }) : refusedForm(seen.refusal, by);
    },
  },
  clicks: (deps) => ({ [ACTIONS.digestPreview]: preview(deps), [ACTIONS.digestSend]: sendNow(deps) }),
  metadata: metadata.read,
  read: (view) => {
    const weekday = WEEKDAYS.findIndex((_, index) => optionAt(view, DIGEST_FIELDS.weekday) === String(index));
    const time = optionAt(view, DIGEST_FIELDS.time);
    const readers = DIGEST_READERS.find((each) => each === optionAt(view, DIGEST_FIELDS.readers));
    return together({
      weekday: neededAt(view, DIGEST_FIELDS.weekday, weekday < 0 ? undefined : weekday, 'Choose a day.'),
      minuteOfDay: neededAt(view, DIGEST_FIELDS.time, minuteIn(time), 'Choose a time.'),
      readers: neededAt(view, DIGEST_FIELDS.readers, readers, 'Choose who gets it.'),
    });
  },
  async submit(deps, { about: { shown }, typed, deliveryId, ...where }) {
    const { by } = where;
    const present = await deps.app.showDigestPolicy({ by });
    const value = present.ok ? mergedFields<DigestPolicy>({ shown, typed, now: present.form }) : typed;
    const isSame = present.ok && JSON.stringify(value) === JSON.stringify(present.form);
    const changes = isSame ? [] : [{ name: 'digest' as const, value }];
    const { saved, refusals } = await deps.app.setPolicy({ deliveryId, by, changes });
    const said = saved.map((change) => [...policyParts(change), '.']);
    await showSaved(deps, where, said.length > 0 ? [{ kind: 'saved', said, undo: [] }] : [], refusals);
  },
});

/** As a select gives it back: minutes of the day. */
function minuteIn(time: string | null | undefined): number | undefined {
  return time && /^\d{1,4}$/.test(time) && Number(time) < DAY_MINUTES ? Number(time) : undefined;
}

export function digestModal({ digest, pages }: { digest: DigestPolicy; pages: HomeLocation }): ModalView {
  const { weekday, minuteOfDay, readers } = digest;
  const times = new Set(Array.from({ length: DAY_MINUTES / STEP_MINUTES }, (_, index) => index * STEP_MINUTES));
  const minutes = [...times.add(minuteOfDay)].sort((a, b) => a - b);
  return modal(
    { callback: VIEWS.digest, title: 'Weekly digest', submit: 'Save' },
    metadata.write({ shown: { weekday, minuteOfDay, readers }, pages }),
    [
      input(
        DIGEST_FIELDS.weekday,
        'Day',
        selectInput(
          WEEKDAYS.map((day, index) => option(day, String(index))),
          { present: String(weekday) },
        ),
      ),
      input(
        DIGEST_FIELDS.time,
        'Time',
        selectInput(
          minutes.map((each) => option(timeWords(each), String(each))),
          { present: String(minuteOfDay) },
        ),
        { hint: 'In the agency’s time zone.' },
      ),
      input(
        DIGEST_FIELDS.readers,
        'Who gets it',
        selectInput(
          DIGEST_READERS.map((each) => option(capitalized(READERS_WORDS[each]), each)),
          { present: readers },
        ),
        { hint: 'A direct message. Managers read about the clients they manage.' },
      ),
    ],
  );
}

const preview = (deps: Deps) =>
  clicks(({ body, ...where }) =>
    deps.spend.once({ body, wants: null }, async ({ previewDigest }, deliveryId) => {
      const sent = await previewDigest({ deliveryId, by: where.by });
      return await showSent(deps, where, sent, 'The preview is in your messages from Inkwell.');
    }),
  );

const sendNow = (deps: Deps) =>
  clicks(({ body, ...where }) =>
    deps.spend.once({ body, wants: null }, async ({ sendDigestNow }, deliveryId) => {
      const sent = await sendDigestNow({ deliveryId, by: where.by });
      const count = sent.kind === 'sent' ? sent.sentCount : 0;
      return await showSent(deps, where, sent, `The digest went to ${count === 1 ? '1 person' : `${count} people`}.`);
    }),
  );

/** Answers false where nothing went out: the same click, a moment later, is looked at afresh. */
async function showSent(deps: Deps, where: Where, sent: DigestSent, done: string): Promise<boolean> {
  if (sent.kind === 'refused') {
    await showSaved(deps, where, [], [sent.refusal]);
    return false;
  }
  const { sentCount, failedCount } = sent;
  const failed = failedCount === 0 ? [] : [` Slack didn’t take ${counted(failedCount, 'message')}.`];
  await showInHome(deps, where, saidBanner(sentCount > 0 ? done : 'The digest went to no one.', ...failed));
  return sentCount > 0;
}
