import { describe, expect, test } from 'vitest';
import { decode, type Node, parseMrkdwn, parsePlain, safeUrl } from '../../src/page/text/mrkdwn.js';

const text = (value: string) => ({ type: 'text', text: value });
const styled = (type: string, ...children: Node[]) => ({ type, children });

describe('entities', () => {
  test('are decoded once, so that what was typed as an entity stays one', () => {
    expect(decode('&lt;b&gt; &amp; &amp;lt;')).toBe('<b> & &lt;');
  });

  test('never become a mention, a broadcast or a link', () => {
    expect(parseMrkdwn('&lt;!channel&gt; &lt;@U0ANA&gt;')).toEqual([text('<!channel> <@U0ANA>')]);
  });

  test('of a plain text are decoded too, and nothing else happens to it', () => {
    expect(parsePlain('*a* &amp; <!channel>\n_b_')).toEqual([text('*a* & <!channel>'), { type: 'break' }, text('_b_')]);
  });
});

describe('styles', () => {
  test.each([
    ['*bold*', 'bold'],
    ['_slanted_', 'italic'],
    ['~struck~', 'strike'],
  ])('%s is %s', (source, type) => {
    expect(parseMrkdwn(source)).toEqual([styled(type, text(source.slice(1, -1)))]);
  });

  test('nest', () => {
    expect(parseMrkdwn('*a _b_ c*')).toEqual([styled('bold', text('a '), styled('italic', text('b')), text(' c'))]);
  });

  test.each(['2*3*4', 'snake_case_name', '* not *', '*open', '**', '*a\nb*', '~ x ~'])('%j has none', (source) => {
    expect(JSON.stringify(parseMrkdwn(source))).not.toMatch(/bold|italic|strike/);
  });

  test('end at the last mark that can end them, not inside a link', () => {
    const [node] = parseMrkdwn('_see <https://a.test/x_y|here> now_');
    expect(node).toMatchObject({ type: 'italic', children: [text('see '), { type: 'link' }, text(' now')] });
  });

  test('do not hang or overflow on a text full of marks', () => {
    expect(() => parseMrkdwn('*_~'.repeat(1_000))).not.toThrow();
    expect(() => parseMrkdwn(`${'*a '.repeat(1_000)}${'a* '.repeat(1_000)}`)).not.toThrow();
  });
});

describe('code', () => {
  test('keeps marks and shows entities as characters', () => {
    expect(parseMrkdwn('`*a* &lt;b&gt;`')).toEqual([{ type: 'code', text: '*a* <b>' }]);
  });

  test('spans lines between three marks', () => {
    expect(parseMrkdwn('see\n```\n*a*\nb\n```\nend')).toEqual([
      text('see'),
      { type: 'pre', text: '*a*\nb' },
      text('end'),
    ]);
  });

  test('is not opened by one mark alone', () => {
    expect(parseMrkdwn('it`s')).toEqual([text('it`s')]);
  });
});

describe('quotes', () => {
  test('gather lines that follow each other', () => {
    expect(parseMrkdwn('a\n&gt; b\n&gt;c\nd')).toEqual([
      text('a'),
      styled('quote', text('b'), { type: 'break' }, text('c')),
      text('d'),
    ]);
  });
});

describe('links', () => {
  test('take a label, decoded', () => {
    expect(parseMrkdwn('<https://a.test/?x=1&amp;y=2|A &amp; B>')).toEqual([
      { type: 'link', url: 'https://a.test/?x=1&y=2', text: 'A & B' },
    ]);
  });

  test('are seen without brackets, without the full stop behind them', () => {
    expect(parseMrkdwn('Go to https://a.test/b.')).toEqual([
      text('Go to '),
      { type: 'link', url: 'https://a.test/b', text: 'https://a.test/b' },
      text('.'),
    ]);
  });

  test('are not looked for in a verbatim text', () => {
    expect(parseMrkdwn('https://a.test', { verbatim: true })).toEqual([text('https://a.test')]);
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'JaVaScRiPt:x', '//a.test', 'ftp://a'])(
    'never lead to %s',
    (address) => {
      expect(safeUrl(address)).toBeNull();
      expect(JSON.stringify(parseMrkdwn(`<${address}|click>`))).not.toContain('"link"');
    },
  );

  test('lead to mail', () => {
    expect(parseMrkdwn('<mailto:a@b.test>')).toEqual([{ type: 'link', url: 'mailto:a@b.test', text: 'a@b.test' }]);
  });
});

describe('what Slack calls by id', () => {
  test.each([
    ['<@U0ANA>', { type: 'user', id: 'U0ANA', label: null }],
    ['<@U0ANA|ana>', { type: 'user', id: 'U0ANA', label: 'ana' }],
    ['<#C0NORTH|north>', { type: 'channel', id: 'C0NORTH', label: 'north' }],
    ['<!here>', { type: 'broadcast', range: 'here' }],
    ['<!channel|x>', { type: 'broadcast', range: 'channel' }],
    ['<!subteam^S1|@team>', { type: 'usergroup', id: 'S1', label: '@team' }],
  ])('%s', (source, node) => {
    expect(parseMrkdwn(source)).toEqual([node]);
  });

  test('a date carries its format and what to show without one', () => {
    expect(parseMrkdwn('<!date^1700000000^{date_short}^https://a.test|14 Nov>')).toEqual([
      { type: 'date', at: 1_700_000_000_000, format: '{date_short}', url: 'https://a.test/', fallback: '14 Nov' },
    ]);
  });

  test('stays text if it is none of these', () => {
    expect(parseMrkdwn('<hello>')).toEqual([text('<hello>')]);
  });
});
