import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorOf, modalView, SILENT, section } from './support.ts';
import { complete, essence, post, type TwoWorlds, twoWorlds, upload, type World } from './two-worlds.ts';

/**
 * The same calls against two emulations of Slack: where both claim to know an answer, they must agree on its essence.
 * Where they differ, a test says so, and what Slack's documentation says.
 */
let worlds: TwoWorlds;
beforeAll(async () => {
  worlds = await twoWorlds();
});
afterAll(() => worlds.stop());

async function bothSay<T>(ask: (world: World) => Promise<T>): Promise<{ ours: T; theirs: T }> {
  return { ours: await ask(worlds.ours), theirs: await ask(worlds.theirs) };
}

async function bothAgree<T>(ask: (world: World) => Promise<T>): Promise<T> {
  const { ours, theirs } = await bothSay(ask);
  expect(ours).toEqual(theirs);
  return ours;
}

describe('both emulations agree', () => {
  test('who the token belongs to, and that one is needed', async () => {
    await bothAgree(async ({ client }) => essence(await client.auth.test(), ['ok', 'user', 'team_id', 'user_id']));
    expect(
      await bothAgree(({ client }) =>
        errorOf(new WebClient(undefined, { slackApiUrl: client.slackApiUrl, logger: SILENT }).auth.test()),
      ),
    ).toBe('not_authed');
  });

  test('on what a posted message is', async () => {
    const answer = await bothAgree(async (world) => {
      const { message, ...rest } = await post(world, { blocks: [section('Hello')] });
      return {
        ...(essence(rest, ['ok', 'channel', 'ts']) as object),
        message: essence(message, ['type', 'text', 'ts', 'user']),
      };
    });
    expect(answer).toMatchObject({ ok: true, message: { type: 'message', text: 'Hello' } });
  });

  test.each([
    ['nothing to say', { text: '' }, 'no_text'],
    ['nowhere to say it', { channel: 'C0NONE' }, 'channel_not_found'],
  ])('on %s', async (_, more, error) => {
    expect(await bothAgree((world) => errorOf(post(world, more)))).toBe(error);
  });

  test('on text that is too long', async () => {
    const warning = await bothAgree(async (world) => (await post(world, { text: 'x'.repeat(40_001) })).warning);
    expect(warning).toBe('message_truncated');
  });

  test('that an update with text alone takes the blocks away', async () => {
    await bothAgree(async (world) => {
      const { channel, ts } = await post(world, { blocks: [section('Hello')] });
      const answer = await world.client.chat.update({ channel, ts, text: 'Changed' });
      const { text, blocks = [] } = answer.message as { text?: string; blocks?: unknown[] };
      return [essence(answer, ['ok', 'channel', 'ts', 'text']), text, blocks];
    });
  });

  test('on messages that are gone, and links to those that are not', async () => {
    const answers = await bothAgree(async (world) => {
      const { channel, ts } = await post(world);
      const link = (await world.client.chat.getPermalink({ channel, message_ts: ts })).permalink!;
      await world.client.chat.delete({ channel, ts });
      return [
        link.includes(`/archives/${channel}/p${ts.replace('.', '')}`),
        await errorOf(world.client.chat.delete({ channel, ts })),
        await errorOf(world.client.chat.update({ channel, ts, text: 'x' })),
        await errorOf(world.client.chat.getPermalink({ channel, message_ts: ts })),
      ];
    });
    expect(answers).toEqual([true, 'message_not_found', 'message_not_found', 'message_not_found']);
  });

  test('on ephemerals and on people', async () => {
    await bothAgree(async ({ client, channel, person }) =>
      essence(await client.chat.postEphemeral({ channel, user: person, text: 'Psst' }), ['ok', 'message_ts']),
    );
    expect(await bothAgree(({ client }) => errorOf(client.users.info({ user: 'U0NOBODY' })))).toBe('user_not_found');
    await bothAgree(async ({ client, person }) =>
      essence((await client.users.info({ user: person })).user, ['id', 'name', 'deleted', 'is_bot']),
    );
  });

  test('on the three steps of an upload', async () => {
    const answers = await bothAgree(async (world) => {
      const id = await upload(world);
      const { files } = (await complete(world, id, { channel_id: world.channel, initial_comment: 'Look' })) as {
        files?: object[];
      };
      return [
        essence(files?.[0], ['id', 'title', 'name', 'size', 'mode']),
        await errorOf(complete(world, id)),
        await errorOf(complete(world, 'F0NONE')),
      ];
    });
    expect(answers.slice(1)).toEqual(['file_not_found', 'file_not_found']);
  });

  test('on scopes', async () => {
    const answer = await bothAgree(async ({ client }) => {
      const error = await client.files.info({ file: 'F0NONE' }).catch((one: { data: object }) => one.data);
      return essence(error, ['error', 'needed', 'provided']);
    });
    expect(answer).toMatchObject({ error: 'missing_scope', needed: 'files:read' });
  });

  test('on views, their triggers and hashes', async () => {
    const answers = await bothAgree(async (world) => {
      const [trigger_id, { client }] = [await world.trigger(), world];
      const { view } = await client.views.open({ trigger_id, view: modalView() });
      const update = (args: object) => errorOf(client.apiCall('views.update', { view: modalView(), ...args }));
      return [
        essence(view, [
          'id',
          'type',
          'callback_id',
          'private_metadata',
          'root_view_id',
          'hash',
          'previous_view_id',
          'clear_on_close',
        ]),
        await errorOf(client.views.open({ trigger_id, view: modalView() })),
        await errorOf(client.views.open({ trigger_id: '1.2.made-up', view: modalView() })),
        await update({ view_id: view!.id, hash: 'old' }),
        await update({ view_id: view!.id, hash: view!.hash }),
        await update({ view_id: 'V0NONE' }),
      ];
    });
    expect(answers.slice(1)).toEqual([
      'exchanged_trigger_id',
      'invalid_trigger_id',
      'hash_conflict',
      null,
      'not_found',
    ]);
  });

  test('on Home', async () => {
    await bothAgree(async ({ client, person }) => {
      const { view } = await client.views.publish({
        user_id: person,
        view: { type: 'home', blocks: [section('Home')] },
      });
      return [essence(view, ['id', 'type', 'root_view_id', 'external_id']), view?.blocks?.length];
    });
  });
});

describe('the emulations differ', () => {
  test('where a file was deleted before: Slack documents `file_deleted`', async () => {
    const answers = await bothSay(async (world) => {
      const id = await upload(world);
      await complete(world, id);
      await world.client.files.delete({ file: id });
      return errorOf(world.client.files.delete({ file: id }));
    });
    expect(answers).toEqual({ ours: 'file_deleted', theirs: 'file_not_found' });
  });

  test('where an ephemeral is for nobody: Slack documents only `user_not_in_channel`', async () => {
    const answers = await bothSay(({ client, channel }) =>
      errorOf(client.chat.postEphemeral({ channel, user: 'U0NOBODY', text: 'x' })),
    );
    expect(answers).toEqual({ ours: 'user_not_in_channel', theirs: 'user_not_found' });
  });

  test('where an update is over 4,000 characters: Slack documents `msg_too_long`', async () => {
    const answers = await bothSay(async (world) => {
      const { channel, ts } = await post(world);
      return errorOf(world.client.chat.update({ channel, ts, text: 'x'.repeat(4_001) }));
    });
    expect(answers).toEqual({ ours: 'msg_too_long', theirs: null });
  });

  test('where blocks are over their limits: Slack refuses them', async () => {
    const answers = await bothSay((world) => errorOf(post(world, { blocks: [section('x'.repeat(3_001))] })));
    expect(answers).toEqual({ ours: 'invalid_blocks', theirs: null });
  });

  test('where a picture was just uploaded: Slack has not looked at it yet and names no type', async () => {
    const answers = await bothSay(async (world) => {
      const { files } = (await complete(world, await upload(world))) as { files?: { mimetype: string }[] };
      return files?.[0]?.mimetype;
    });
    expect(answers).toEqual({ ours: '', theirs: 'image/png' });
  });
});
