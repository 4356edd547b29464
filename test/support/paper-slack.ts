import type { Announced, Card, Destination, JobView, Messenger, PrivateMessage } from '../../src/app/messenger.ts';
import type { Requester } from '../../src/app/requester.ts';
import type { MessagePlace } from '../../src/storage/records/job-step.ts';

export type Sheet = { place: MessagePlace; audience: Destination['in']; announced: JobView; drawn: JobView | null };

type Verb = 'announce' | 'redraw' | 'upload' | 'tell' | 'postCard' | 'postCardIn' | 'redrawCard';

/** A messenger on paper: keeps what people would have seen. What Slack answers can be set for the next call. */
export type PaperSlack = Messenger & {
  sheets: Sheet[];
  /** `onceKey`: of a new direct message, which stands once. */
  told: { to: Requester; note: PrivateMessage; onceKey?: string }[];
  cards: { memberId: string; place: MessagePlace; card: Card }[];
  /** What is told of changes, kept apart: most tests set limits before anything else. */
  news: { memberId: string; place: MessagePlace; card: Card }[];
  files: Set<string>;
  answerNext(verb: Verb, ...answers: unknown[]): void;
};

export function createPaperSlack(): PaperSlack {
  const sheets: Sheet[] = [];
  const told: PaperSlack['told'] = [];
  const keys = new Set<string>();
  const cards: PaperSlack['cards'] = [];
  const news: PaperSlack['news'] = [];
  const files = new Set<string>();
  const answers = new Map<string, unknown[]>();
  let stamps = 0;
  const planned = <Answer>(verb: string): Answer | undefined => answers.get(verb)?.shift() as Answer | undefined;
  const newPlace = (channelId: string): MessagePlace => ({ channelId, ts: `${++stamps}.0` });

  return {
    sheets,
    told,
    cards,
    news,
    files,
    answerNext: (verb, ...next) => void answers.set(verb, [...(answers.get(verb) ?? []), ...next]),
    async announce(view, to) {
      const answer = planned<Announced>('announce');
      if (answer) return answer;
      const place = newPlace(to.in === 'channel' ? view.job.place.channelId : `D-${view.job.memberId}`);
      sheets.push({ place, audience: to.in, announced: structuredClone(view), drawn: null });
      return { kind: 'posted', place };
    },
    async redraw(view, place) {
      const answer = planned<Awaited<ReturnType<Messenger['redraw']>>>('redraw');
      if (answer) return answer;
      const sheet = sheets.find((each) => each.place.ts === place.ts);
      if (!sheet) return { kind: 'gone', code: 'message_not_found' };
      sheet.drawn = structuredClone(view);
      return { kind: 'drawn' };
    },
    async upload() {
      const answer = planned<Awaited<ReturnType<Messenger['upload']>>>('upload');
      if (answer) return answer;
      const fileId = `F${files.size + 1}`;
      files.add(fileId);
      return { kind: 'uploaded', fileId };
    },
    async removeFile(fileId) {
      files.delete(fileId);
      return { kind: 'delivered' };
    },
    async tell(to, note, once) {
      const answer = planned<Awaited<ReturnType<Messenger['tell']>>>('tell');
      if (answer) return answer;
      if (once && keys.has(once.onceKey)) return { kind: 'delivered' };
      if (once) keys.add(once.onceKey);
      told.push(structuredClone({ to, note, ...once }));
      return { kind: 'delivered' };
    },
    async postCard(memberId, card) {
      const answer = planned<Announced>('postCard');
      if (answer) return answer;
      const place = newPlace(`D-${memberId}`);
      (card.kind === 'change_news' ? news : cards).push({ memberId, place, card: structuredClone(card) });
      return { kind: 'posted', place };
    },
    async postCardIn(channelId, card) {
      const answer = planned<Announced>('postCardIn');
      if (answer) return answer;
      const place = newPlace(channelId);
      cards.push({ memberId: channelId, place, card: structuredClone(card) });
      return { kind: 'posted', place };
    },
    async redrawCard(place, card) {
      const answer = planned<Awaited<ReturnType<Messenger['redrawCard']>>>('redrawCard');
      if (answer) return answer;
      const posted = [...cards, ...news].find((each) => each.place.ts === place.ts);
      if (!posted) return { kind: 'gone', code: 'message_not_found' };
      posted.card = structuredClone(card);
      return { kind: 'drawn' };
    },
  };
}
