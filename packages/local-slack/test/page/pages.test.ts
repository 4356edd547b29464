import { describe, expect, test } from 'vitest';
import { mergePage, rowsOf, withNotes } from '../../src/page/pages.js';
import { placeToAddress, readPlace } from '../../src/page/place.js';

const noon = new Date(2026, 10, 23, 12).getTime() / 1000;
const message = (minutes: number, userId = 'U0ANA', more: object = {}) => ({
  ts: (noon + minutes * 60).toFixed(6),
  userId,
  ephemeral: false,
  ...more,
});
const page = (messages: ReturnType<typeof message>[], hasOlder = false) => ({ channelId: 'C0', messages, hasOlder });
const kinds = (rows: { kind: string }[]) => rows.map(({ kind }) => kind);

describe('rows', () => {
  test('have a line for each day', () => {
    expect(kinds(rowsOf([message(0), message(1), message(24 * 60)]))).toEqual([
      'day',
      'message',
      'message',
      'day',
      'message',
    ]);
  });

  test('share a head when one person goes on at once, and only then', () => {
    const rows = rowsOf([message(0), message(1), message(2, 'U0BEN'), message(9, 'U0BEN')]);
    expect(rows.map(({ compact }) => compact)).toEqual([undefined, false, true, false, false]);
  });

  test('never share a head with what only one person sees', () => {
    expect(rowsOf([message(0), message(1, 'U0ANA', { ephemeral: true })]).at(-1)?.compact).toBe(false);
  });

  test('each have their own head when only one person sees them', () => {
    const own = { ephemeral: true };
    const rows = rowsOf([message(0, 'U0ANA', own), message(1, 'U0ANA', own), message(2, 'U0ANA', own)]);
    expect(rows.map(({ compact }) => compact)).toEqual([undefined, false, false, false]);
  });

  test('have one line before what is new', () => {
    const messages = [message(0), message(1), message(2)];
    expect(kinds(rowsOf(messages, { newFromTs: messages[1]?.ts ?? null }))).toEqual([
      'day',
      'message',
      'new',
      'message',
      'message',
    ]);
  });

  test('of a thread count its replies instead', () => {
    const rows = rowsOf([message(0), message(1), message(2, 'USLACKBOT', { note: true })], { inThread: true });
    expect(kinds(rows)).toEqual(['message', 'replies', 'message', 'message']);
    expect(rows[1]?.count).toBe(1);
  });
});

describe('pages', () => {
  test('of older messages stay when the newest is fetched again', () => {
    const before = page([message(0), message(1), message(2)]);
    expect(mergePage(before, page([message(2), message(3)], true)).messages).toHaveLength(4);
  });

  test('forget what was deleted', () => {
    const before = page([message(0), message(1), message(2)]);
    expect(mergePage(before, page([message(0), message(2)])).messages).toHaveLength(2);
  });

  test('know whether there is more before their first message', () => {
    const before = page([message(0), message(1)], true);
    expect(mergePage(before, page([message(1)], true)).hasOlder).toBe(true);
    expect(mergePage(page([message(0), message(1)], false), page([message(1)], true)).hasOlder).toBe(false);
  });

  test('take notes in by time', () => {
    const notes = [{ ts: message(1).ts, text: 'It failed.' }];
    const all = withNotes([message(0), message(2)], notes, { channelId: 'C0', userId: 'USLACKBOT' });
    expect(all.map(({ userId }) => userId)).toEqual(['U0ANA', 'USLACKBOT', 'U0ANA']);
  });
});

describe('the address', () => {
  test.each(['?as=U0ANA#C0NORTH', '?as=U0ANA#D0APP:home', '?as=U0ANA#C0NORTH:1700000000.000100'])('%s', (address) => {
    const [search = '', hash = ''] = address.split('#');
    expect(placeToAddress(readPlace({ search, hash: `#${hash}` }))).toBe(address);
  });

  test('may be empty', () => {
    expect(readPlace({ search: '', hash: '' })).toEqual({ as: '', channelId: '', tab: 'messages', threadTs: null });
  });
});
