import type { JobStep } from './job-step.ts';
import { type Records, type StoredImage, stepGap } from './records.ts';
import { closes, opens, storedStep } from './step.ts';

/** Records in memory, for tests and simulation. */
export function createMemoryRecords(): Records {
  const jobs = new Map<string, JobStep[]>();
  const open = new Set<string>();
  const prompts = new Map<string, string>();
  const images = new Map<string, StoredImage>();
  const marks = new Map<string, { value: string; at: number }>();
  const oldestFirst = () => [...jobs.values()].sort((a, b) => (a[0]?.at ?? 0) - (b[0]?.at ?? 0));
  const idOf = (steps: JobStep[]) => steps[0]?.jobId ?? '';

  return {
    jobs: {
      async append(step) {
        storedStep(step);
        const id = key(step.workspace, step.jobId);
        const steps = jobs.get(id) ?? [];
        if (step.stepNo < steps.length) return 'taken';
        if (step.stepNo > steps.length) throw stepGap(step);
        steps.push(Object.freeze({ ...step }));
        jobs.set(id, steps);
        if (opens(step)) open.add(id);
        if (closes(step)) open.delete(id);
        return 'appended';
      },
      steps: async ({ workspace, jobId }) => [...(jobs.get(key(workspace, jobId)) ?? [])],
      open: async ({ workspace, afterJobId = '', jobsMax }) =>
        [...open]
          .flatMap((id) => jobs.get(id)?.[0] ?? [])
          .filter((asked) => asked.workspace === workspace && asked.jobId > afterJobId)
          .map(({ jobId }) => jobId)
          .sort()
          .slice(0, jobsMax),
      latest: async ({ workspace, memberId, jobsMax }) =>
        oldestFirst()
          .reverse()
          .filter(([asked]) => asked?.kind === 'asked' && asked.workspace === workspace && asked.memberId === memberId)
          .slice(0, jobsMax)
          .map(idOf),
    },
    prompts: {
      put: async ({ workspace, jobId, text }) => putOnce(prompts, key(workspace, jobId), text),
      get: async ({ workspace, jobId }) => prompts.get(key(workspace, jobId)) ?? null,
      erase: async ({ workspace, jobId }) => void prompts.delete(key(workspace, jobId)),
    },
    images: {
      put: async (image) => putOnce(images, key(image.workspace, image.imageId), copyOf(image)),
      async get({ workspace, imageId }) {
        const image = images.get(key(workspace, imageId));
        return image ? copyOf(image) : null;
      },
      erase: async ({ workspace, imageId }) => void images.delete(key(workspace, imageId)),
      async expire({ now, imagesMax }) {
        const expired = [...images].filter(([, image]) => image.expiresAt <= now).slice(0, imagesMax);
        for (const [id] of expired) images.delete(id);
        return expired.length;
      },
    },
    marks: {
      put: async ({ workspace, key: name, value, at }) => putOnce(marks, key(workspace, name), { value, at }),
      get: async ({ workspace, key: name }) => marks.get(key(workspace, name))?.value ?? null,
      remove: async ({ workspace, key: name }) => void marks.delete(key(workspace, name)),
      async expire({ workspace, prefix, before, marksMax }) {
        const expired = [...marks]
          .filter(([id, { at }]) => id.startsWith(key(workspace, prefix)) && at < before)
          .slice(0, marksMax);
        for (const [id] of expired) marks.delete(id);
        return expired.length;
      },
    },
    close: async () => {},
  };
}

const copyOf = (image: StoredImage): StoredImage => ({ ...image, bytes: new Uint8Array(image.bytes) });

const key = (workspace: string, id: string) => `${workspace} ${id}`;

function putOnce<Value>(map: Map<string, Value>, id: string, value: Value): 'put' | 'taken' {
  if (map.has(id)) return 'taken';
  map.set(id, value);
  return 'put';
}
