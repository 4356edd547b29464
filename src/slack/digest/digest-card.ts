import type { Button } from '@slack/types';
import type { DigestCard, Finding } from '../../app/digest/digest-view.ts';
import { clientAccount, memberAccount } from '../../ledger/accounts.ts';
import { spanWords } from '../../words/dates.ts';
import { clientLine, dueParts, findingParts, weekParts } from '../../words/describe-digest.ts';
import { number } from '../../words/figures.ts';
import { FIRST_PAGES, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, words } from '../kit/message.ts';
import type { MessageBlock } from '../kit/newer-blocks.ts';
import { actions, bold, button, context, type Inline, richLines } from '../kit/parts.ts';
import { digestCharts } from './digest-charts.ts';

/** People read no more lines than these. */
const CLIENTS_MAX = 10;

/** The week for an owner or a manager: findings on the first screen of a phone, then charts, then one line per client. */
export function digestMessage({ digest, names, isPreview }: DigestCard): Message {
  const note = isPreview ? [context('A preview of the weekly digest, for you alone.')] : [];
  if (digest.isQuiet) {
    const line = weekParts(digest);
    return { text: words([line]), blocks: [richLines(line), ...note] };
  }
  const head: Inline[][] = [
    [bold(`The week of ${spanWords(digest.weeks.week)}`)],
    weekParts(digest),
    dueParts(digest, names),
  ];
  const found = digest.findings.map(({ facts }): Inline[] => findingParts(facts, names));
  return {
    text: words([...head, ...found].filter((line) => line.length > 0)),
    blocks: [
      richLines(...head),
      ...digest.findings.flatMap((finding, at): MessageBlock[] => [
        richLines(found[at] ?? []),
        actions(findingButton(finding)),
      ]),
      ...digestCharts(digest),
      ...clientBlocks(digest),
      ...note,
    ],
  };
}

function clientBlocks({ clients }: DigestCard['digest']): MessageBlock[] {
  if (clients.length === 0) return [];
  const moreCount = clients.length - CLIENTS_MAX;
  return [
    richLines(...clients.slice(0, CLIENTS_MAX).map(clientLine)),
    ...(moreCount > 0 ? [context(`And ${number(moreCount)} more. All clients are in Home, under Clients.`)] : []),
  ];
}

/** The forms are those that Home opens: the ledger decides again who may. */
function findingButton({ action }: Finding): Button {
  switch (action.kind) {
    case 'limits':
      return button('Limits…', {
        action: ACTIONS.limitsOpen,
        value: writeMetadata(FIRST_PAGES, action.account),
      });
    case 'move':
      return button('Move credits…', {
        action: ACTIONS.moveOpen,
        value: writeMetadata(FIRST_PAGES, action.account),
      });
    case 'rule':
      return button('Rules…', {
        action: ACTIONS.ruleOpen,
        value: writeMetadata(FIRST_PAGES, clientAccount(action.clientId)),
      });
    case 'person_rule':
      return button('Rules…', {
        action: ACTIONS.ruleOpen,
        value: writeMetadata(FIRST_PAGES, memberAccount(action.memberId)),
      });
    case 'project':
      return button('Edit project…', {
        action: ACTIONS.homeProject,
        value: writeMetadata(FIRST_PAGES, action.projectId),
      });
  }
}
