import type { Trouble, TroubleCard } from '../../app/troubles/trouble.ts';
import { providerFacts } from '../../images/providers.ts';
import { capitalized } from '../../words/figures.ts';
import { type Message, message } from '../kit/message.ts';
import { bold, code, dateToken, type Inline } from '../kit/parts.ts';

const nameOf = (of: Trouble['of']) => (of === 'slack' ? 'Slack' : providerFacts(of).displayName);

/** For owners: what does not work, what that means, who mends it and where. */
export function troubleCard({ trouble, mendedAt }: TroubleCard): Message {
  const { what, mend } = WORDS[trouble.kind](trouble);
  if (mendedAt !== null) {
    const lasted: Inline[] = [
      'From ',
      dateToken(trouble.since),
      ' until ',
      dateToken(mendedAt),
      ' the problem was: ',
      what,
    ];
    return message([[bold('It works again.')], lasted]);
  }
  return message([[bold(what)], [mend], ['Since ', dateToken(trouble.since), '. ', ...facts(trouble)]]);
}

type Words = { what: string; mend: string };

const WORDS: Readonly<Record<Trouble['kind'], (trouble: Trouble) => Words>> = {
  quota: ({ of }) => ({
    what: `${capitalized(nameOf(of))} is refusing requests: the agency’s account there is out of funds or quota.`,
    mend: 'Requests for its models fail, uncharged, until someone adds to that account.',
  }),
  key: ({ of }) => ({
    what: `${capitalized(nameOf(of))} doesn’t accept Inkwell’s API key.`,
    mend: `Its models aren’t offered until it does. The person who runs Inkwell needs to set ${providerFacts(of).key} to a valid key, then restart Inkwell.`,
  }),
  forbidden: ({ of, model }) => ({
    what: `${capitalized(nameOf(of))} doesn’t allow this${model ? ` with ${model}` : ''}.`,
    mend: `Requests for it fail, uncharged. The person who manages the account there needs to give the key in ${providerFacts(of).key} that right.`,
  }),
  model: ({ of, model }) => ({
    what: `${capitalized(nameOf(of))} doesn’t have ${model ?? 'the model'} for Inkwell’s key.`,
    mend: `It isn’t offered for a day. The person who runs Inkwell needs to check ${providerFacts(of).address}, and whether the account can use this model.`,
  }),
  parameter: ({ of, model, what }) => ({
    what: `${capitalized(nameOf(of))} doesn’t take Inkwell’s requests${model ? ` for ${model}` : ''}${what ? `: it objects to ${what}` : ''}.`,
    mend: `They fail, uncharged. The person who runs Inkwell needs to check ${providerFacts(of).address}, and whether that server makes images of this size and quality.`,
  }),
  unknown_outcomes: ({ of }) => ({
    what: `Several requests to ${nameOf(of)} in a row ended without a clear answer.`,
    mend: 'Their credits stay on hold for now; then the agency pays, not the client. The person who runs Inkwell needs to check the connection to it, and its status page.',
  }),
  slack: ({ code: its, what }) => ({
    what:
      its === 'missing_scope' || its === 'not_allowed_token_type'
        ? lacking(what)
        : 'Slack doesn’t accept Inkwell’s token.',
    mend: 'The person who runs Inkwell needs to reinstall the app with its manifest, set SLACK_BOT_TOKEN to the new token, then restart Inkwell.',
  }),
};

const DOINGS: Readonly<Record<string, string>> = {
  upload: 'upload images',
  removeFile: 'delete files',
  tell: 'answer people privately',
  postCard: 'write to people',
};

const lacking = (what: string | null) =>
  `Inkwell’s token isn’t allowed to ${DOINGS[what ?? ''] ?? 'post and update messages'} in Slack.`;

/** Facts for a question to the provider, or a search in the log. */
function facts({ status, code: its, requestId }: Trouble): Inline[] {
  const known = [status === null ? null : `HTTP ${status}`, its, requestId].filter((each) => each !== null);
  return known.length === 0 ? [] : ['It answered ', code(known.join(' ')), '.'];
}
