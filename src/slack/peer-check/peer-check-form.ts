import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { PeerCheckForm } from '../../app/peer-check/show-peer-check.ts';
import { policyParts } from '../../words/describe-policy.ts';
import { COMPARED_WORDS, TOLD_WORDS, WORKS_COUNCIL_WORDS } from '../../words/peer-check.ts';
import { actor } from '../kit/actor.ts';
import { input, modal, option, selectInput } from '../kit/fields.ts';
import { defineForm } from '../kit/form/form.ts';
import { refusedForm, showInHome, showSaved, type Where } from '../kit/form/home-answer.ts';
import { formMetadata } from '../kit/form/metadata.ts';
import { given, neededAt, optionAt, together } from '../kit/form/values.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { bold, dateToken, type Inline, richLines } from '../kit/parts.ts';
import type { Deps } from '../platform/deps.ts';

const FIELD_IS_ON = 'is_on';

const metadata = formMetadata({ wasOn: z.boolean() });

/** Whether people are compared with peers. To turn it on is asked once more. */
export const peerCheckForm = defineForm({
  id: VIEWS.peerCheck,
  opens: {
    [ACTIONS.peerCheckOpen]: async ({ app }, { by, pages }) => {
      const seen = await app.showPeerCheck({ by });
      return seen.ok ? peerCheckModal({ form: seen.form, pages }) : refusedForm(seen.refusal, by);
    },
  },
  metadata: metadata.read,
  read: (view) => {
    const chosen = optionAt(view, FIELD_IS_ON);
    const isOn = chosen === 'on' ? true : chosen === 'off' ? false : undefined;
    return together({ isOn: neededAt(view, FIELD_IS_ON, isOn, 'Choose on or off.') });
  },
  async submit(deps, { about: { wasOn }, typed: { isOn }, deliveryId, ...where }) {
    if (isOn && !wasOn) return await where.closing.show(peerCheckOnModal(where.pages));
    await (isOn === wasOn ? showInHome(deps, where) : save(deps, where, { deliveryId, isOn }));
  },
});

/** Only from here is it turned on. */
export const peerCheckOnForm = defineForm({
  id: VIEWS.peerCheckOn,
  metadata: metadata.read,
  read: () => given({}),
  submit: (deps, { deliveryId, ...where }) => save(deps, where, { deliveryId, isOn: true }),
});

async function save(deps: Deps, where: Where, { deliveryId, isOn }: { deliveryId: string; isOn: boolean }) {
  const changes = [{ name: 'peerCheck' as const, value: isOn }];
  const { saved, refusals } = await deps.app.setPolicy({ deliveryId, by: where.by, changes });
  const said = saved.map((change): Inline[] => [...policyParts(change), '.']);
  await showSaved(deps, where, said.length > 0 ? [{ kind: 'saved', said, undo: [] }] : [], refusals);
}

export function peerCheckModal({ form: { on }, pages }: { form: PeerCheckForm; pages: HomeLocation }): ModalView {
  const choices = [option('Off', 'off'), option('On', 'on')];
  const since: Inline[][] = on ? [['Turned on by ', actor(on.by, 'Inside'), ', ', dateToken(on.at), '.']] : [];
  return modal(
    { callback: VIEWS.peerCheck, title: 'Peer check', submit: 'Save' },
    metadata.write({ wasOn: on !== null, pages }),
    [
      richLines([COMPARED_WORDS], [TOLD_WORDS], [WORKS_COUNCIL_WORDS], ...since),
      input(FIELD_IS_ON, 'Compare people with peers', selectInput(choices, { present: on ? 'on' : 'off' })),
    ],
  );
}

export function peerCheckOnModal(pages: HomeLocation): ModalView {
  return modal(
    { callback: VIEWS.peerCheckOn, title: 'Turn on peer check?', submit: 'Turn on' },
    metadata.write({ wasOn: false, pages }),
    [
      richLines(
        [
          bold('What is compared: '),
          'credits for each kept image, on the same kind of work. Never how much anyone makes.',
        ],
        [
          bold('Who sees it: '),
          'the person, in a direct message. Their manager reads one sentence, without colleagues’ names.',
        ],
        [bold('When: '), 'the person with the weekly digest. The manager only if it holds for three more weeks.'],
        [bold('What is never shown: '), 'a ranking, a list of people, or anything to colleagues.'],
        [WORKS_COUNCIL_WORDS],
        ['Home’s changes show everyone who may read them who turned this on, and when.'],
      ),
    ],
  );
}
