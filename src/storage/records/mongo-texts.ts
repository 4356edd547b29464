import { insertOnce } from '../mongo/insert-once.ts';
import { modelOf, NEEDED_TEXT, NEEDED_WHOLE } from '../mongo/model.ts';
import type { Mongo } from '../mongo/open.ts';
import { answered, putOrTaken, writtenAgain } from './mongo-answers.ts';
import { endOfPrefix, type Marks, type Prompts } from './records.ts';

export type PromptDocument = { _id: string; workspace: string; jobId: string; text: string };
export type MarkDocument = { _id: string; workspace: string; key: string; value: string; at: number };

/** Found by what they are about, which is their `_id`: no other index is needed. A workspace's id has no space in it. */
const idOf = (workspace: string, of: string) => `${workspace} ${of}`;

export const promptModel = (mongo: Mongo) =>
  modelOf<PromptDocument>(
    mongo,
    'prompts',
    {
      _id: NEEDED_TEXT,
      workspace: NEEDED_TEXT,
      jobId: NEEDED_TEXT,
      // Also an empty one, which mongoose would take for a missing one.
      text: { type: String, validate: isText },
    },
    { strict: false },
  );

export function promptsIn(mongo: Mongo): Prompts {
  const prompts = promptModel(mongo);
  return {
    put: async (prompt) =>
      putOrTaken(await insertOnce(mongo, prompts as never, { _id: idOf(prompt.workspace, prompt.jobId), ...prompt })),
    get: async ({ workspace, jobId }) => {
      const found = await answered(async () => prompts.findOne({ _id: idOf(workspace, jobId) }).lean<PromptDocument>());
      return found?.text ?? null;
    },
    erase: async ({ workspace, jobId }) =>
      void (await writtenAgain(mongo, () => prompts.deleteOne({ _id: idOf(workspace, jobId) }).exec())),
  };
}

export const markModel = (mongo: Mongo) =>
  modelOf<MarkDocument>(
    mongo,
    'marks',
    {
      _id: NEEDED_TEXT,
      workspace: NEEDED_TEXT,
      key: NEEDED_TEXT,
      value: { type: String, validate: isText },
      at: NEEDED_WHOLE,
    },
    { strict: false },
  );

export function marksIn(mongo: Mongo): Marks {
  const marks = markModel(mongo);
  return {
    put: async (mark) =>
      putOrTaken(await insertOnce(mongo, marks as never, { _id: idOf(mark.workspace, mark.key), ...mark })),
    get: async ({ workspace, key }) => {
      const found = await answered(async () => marks.findOne({ _id: idOf(workspace, key) }).lean<MarkDocument>());
      return found?.value ?? null;
    },
    remove: async ({ workspace, key }) =>
      void (await writtenAgain(mongo, () => marks.deleteOne({ _id: idOf(workspace, key) }).exec())),
    async expire({ workspace, prefix, before, marksMax }) {
      const _id = { $gte: idOf(workspace, prefix), $lt: endOfPrefix(idOf(workspace, prefix)) };
      const expired = await answered(async () =>
        marks
          .find({ _id, at: { $lt: before } }, { _id: 1 })
          .limit(marksMax)
          .lean<{ _id: string }[]>(),
      );
      if (expired.length === 0) return 0;
      const ids = expired.map((each) => each._id);
      await writtenAgain(mongo, () => marks.deleteMany({ _id: { $in: ids }, at: { $lt: before } }).exec());
      return ids.length;
    },
  };
}

const isText = (value: unknown) => typeof value === 'string';
