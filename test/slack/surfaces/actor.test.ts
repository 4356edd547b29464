import { describe, expect, test } from 'vitest';
import { actor, actorText } from '../../../src/slack/kit/actor.ts';

describe('who acted', () => {
  test('is a mention, the product’s name, or the API key', () => {
    expect(actor('U0ANA')).toEqual({ type: 'user', user_id: 'U0ANA' });
    expect(actor('inkwell')).toBe('Inkwell');
    expect(actor('key:k1')).toBe('the API key k1');
    expect(actor('key:k1', 'Start')).toBe('The API key k1');
  });

  test('is the same in mrkdwn, and does nothing there', () => {
    expect(actorText('U0ANA')).toBe('<@U0ANA>');
    expect(actorText('inkwell')).toBe('Inkwell');
    expect(actorText('key:<!channel>')).toBe('the API key &lt;!channel&gt;');
  });
});
