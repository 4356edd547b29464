/** Which client does a channel belong to? */
export type ClientCard = {
  kind: 'client_card';
  channelId: string;
  askedBy: string;
  /** Clients that the reader of the card may choose. */
  clients: readonly { clientId: string; name: string }[];
  /** Null while it is not decided. `isOther`: a client that the reader does not look after. */
  decided: { clientName: string | null; isOther?: boolean } | null;
};
