import type { ProviderName } from '../../images/providers.ts';

/** What only an operator can mend, by what has to be mended. */
export type TroubleKind =
  /** The account with the provider has run out of budget or quota. */
  | 'quota'
  /** The key is not taken. */
  | 'key'
  /** The key, or the account, may not do this. */
  | 'forbidden'
  /** The provider knows no such model, or no such address. */
  | 'model'
  /** The provider does not take the request as Inkwell makes it. */
  | 'parameter'
  /** One call after the other ended without anybody knowing how. */
  | 'unknown_outcomes'
  /** Slack does not take the app's token, or the token may not do this. */
  | 'slack';

export const TROUBLE_KINDS: readonly TroubleKind[] = [
  'quota',
  'key',
  'forbidden',
  'model',
  'parameter',
  'unknown_outcomes',
  'slack',
];

/** `code` and `model` are identifiers, or null; `what`: which of Slack's doings failed. */
export type Trouble = {
  kind: TroubleKind;
  /** A provider, or `slack`, which no provider is called. */
  of: ProviderName;
  since: number;
  status: number | null;
  code: string | null;
  requestId: string | null;
  model: string | null;
  what: string | null;
};

/** What owners are told of one; drawn again once it is mended. */
export type TroubleCard = {
  kind: 'trouble_card';
  /** Its version: a later drawing has a higher one. */
  at: number;
  trouble: Trouble;
  /** When it worked again; null while it does not. */
  mendedAt: number | null;
};

/** Once a day for each kind, in whichever process, and across restarts. */
export const dayKey = ({ of, kind }: Pick<Trouble, 'of' | 'kind'>, at: number) =>
  `trouble/${of}/${kind}/${new Date(at).toISOString().slice(0, 10)}`;

export const openKey = ({ of, kind }: Pick<Trouble, 'of' | 'kind'>) => `trouble/${of}/${kind}/open`;
