import { readdirSync, readFileSync } from 'node:fs';

const SLACK = 'src/slack';
const FAMILIES = 'scripts/surfaces/families';

/** What draws: it has to do with blocks, or is made of the kit's parts. Whatever listens, reads and sends is none of it. */
const DRAWS = /from '@slack\/types'|from '(?:\.\.\/kit|\.)\/(?:parts|message|fields)\.ts'/;
const DOES_NOT = /^(?:platform|admin-forms|kit\/form)\/|^messenger\/(?!card|note)|-listeners\.ts$|\/(?:read|redraw)-/;

/** Surfaces that are only part of others, and where they are seen. Every other one needs samples. */
export const PARTS: Readonly<Record<string, string>> = {
  'approvals/asked-card.ts': 'a card of messenger/card.ts, for the one who asked',
  'limits/policy-typed.ts': 'what a field of the agency’s settings holds, in limits/policy-form.ts',
  'limits/budget-changes.ts': 'what changed lately, in limits/limits-form.ts',
  'approvals/home-away.ts': 'who decides for whom, in home/home.ts',
  'clients/home-clients.ts': 'a list of home/home.ts',
  'limits/home-limits.ts': 'the part of home/home.ts about limits',
  'kit/home-banner.ts': 'on top of home/home.ts',
  'home/home-own.ts': 'what is the reader’s own in home/home.ts',
  'home/home-overview.ts': 'the first tab of home/home.ts',
  'home/home-month.ts': 'the month on the first tab of home/home.ts',
  'home/home-pace.ts': 'clients by pace on the first tab of home/home.ts',
  'home/home-start.ts': 'the first steps in home/home.ts',
  'home/home-tabs.ts': 'the tabs of home/home.ts',
  'alerts/home-alerts.ts': 'standing alerts in home/home.ts',
  'approvals/home-requests.ts': 'open requests in home/home.ts',
  'image-message/image-making.ts': 'a job in progress in image-message/image-message.ts',
  'image-message/image-words.ts': 'what was asked for, in image-message/image-message.ts',
  'image-message/image-marks.ts': 'marks and stages in image-message/image-message.ts',
  'kit/home-location.ts': 'pages of the lists of home/home.ts',
  'clients/home-places.ts': 'what is bound to a client, in home/home.ts',
  'clients/home-projects.ts': 'one client’s projects in home/home.ts',
  'home/home-changes.ts': 'the last changes in home/home.ts',
  'people/home-people.ts': 'people in home/home.ts',
  'people/home-teams.ts': 'teams in home/home.ts',
  'people/people-fields.ts': 'fields of the forms about people',
  'digest/client-digest-choice.ts': 'a field and a button of clients/client-form.ts',
  'notes/why-not-posted.ts': 'a sentence of messenger/note.ts and digest/client-digest.ts',
  'digest/digest-buttons.ts': 'buttons of limits/home-limits.ts',
  'kit/message.ts': 'makes blocks and text a message; in every message',
  'notes/note-approvals.ts': 'sentences of messenger/note.ts',
  'notes/note-images.ts': 'sentences of messenger/note.ts',
  'notes/note-project.ts': 'sentences of messenger/note.ts and credits/credits-project.ts',
  'notes/note-ways.ts': 'sentences of messenger/note.ts',
  'refusals/way-buttons.ts': 'buttons of messenger/note.ts, below a refusal',
  'notes/note-offer.ts': 'sentences of messenger/note.ts',
  'kit/newer-blocks.ts': 'types of charts and cards',
  'kit/without-newer.ts': 'picks the text that stands in for charts and cards, in messenger/send-newer.ts',
  'kit/parts.ts': 'pieces of every surface',
  'refusals/refusal-nothing.ts': 'what is so already, for refusals/refusal.ts',
  'refusals/refusal-limit.ts': 'sentences of refusals/refusal.ts',
  'refusals/refusal-owners.ts': 'what only owners may, for refusals/refusal.ts',
  'refusals/refusal-request.ts': 'sentences of refusals/refusal.ts',
  'refusals/refusal-rights.ts': 'sentences of refusals/refusal.ts',
  'refusals/refusal-rule.ts': 'sentences of refusals/refusal.ts',
  'refusals/refusal-set-up.ts': 'sentences of refusals/refusal.ts',
  'approvals/request-card.ts': 'a card of messenger/card.ts, for those who may approve',
  'approvals/request-limits.ts': 'limits with their bars, in the cards and forms of requests',
  'approvals/request-end.ts': 'how a request ended, in approvals/request-card.ts and approvals/asked-card.ts',
  'refusals/request-words.ts': 'how a request ended, in sentences of refusals/refusal.ts',
  'kit/actor.ts': 'names who acted, in sentences of every surface',
  'kit/fields.ts': 'fields of the set-up forms',
  'kit/find-field.ts': 'the search fields of limits/home-limits.ts and people/home-people.ts',
  'limits/move-fields.ts': 'fields of limits/move-form.ts and approvals/request-move-form.ts',
  'spending-stop/stop-words.ts': 'what owners read of each kind of stop, for spending-stop/stop-card.ts',
  'imagine/imagine-fields.ts': 'fields of imagine/imagine-form.ts',
  'imagine/imagine-left.ts': 'what is left, in imagine/imagine-form.ts',
  'imagine/refused-field.ts': 'a sentence at a field of imagine/imagine-form.ts',
  'kit/options-within.ts': 'cuts lists of fields to what a form takes',
  'imagine/imagine-project.ts': 'a field of imagine/imagine-form.ts',
};

type Sources = { builders: readonly string[]; families: readonly string[]; parts: Readonly<Record<string, string>> };

/**
 * What no sample shows: a builder that no family imports. An import that is not used does not pass the compiler, so what
 * is imported is drawn.
 */
export function notCovered({ builders, families, parts }: Sources): string[] {
  const drawn = new Set(families.flatMap(buildersIn));
  const forgotten = builders
    .filter((file) => !drawn.has(file) && parts[file] === undefined)
    .map((file) => `${SLACK}/${file} has no sample in ${FAMILIES}, and is no part of another surface`);
  const gone = Object.keys(parts)
    .filter((file) => !builders.includes(file))
    .map((file) => `${file} is listed as a part, and is not in ${SLACK}`);
  return [...forgotten, ...gone];
}

/** Types draw nothing. */
const IMPORT = /^import (?!type\b)[^;]*? from '(?:\.\.\/)+src\/slack\/([^']+)';/gm;

const buildersIn = (text: string): string[] => [...text.matchAll(IMPORT)].map(([, file = '']) => file);

/** The files as they are, read from the project's folder. */
export const readSources = (): Sources => ({
  builders: typescriptIn(SLACK).filter(
    (file) => !DOES_NOT.test(file) && DRAWS.test(readFileSync(`${SLACK}/${file}`, 'utf8')),
  ),
  families: typescriptIn(FAMILIES).map((file) => readFileSync(`${FAMILIES}/${file}`, 'utf8')),
  parts: PARTS,
});

const typescriptIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'));
