import type { Line } from '../../ledger/lines.ts';
import type { State } from '../../ledger/state.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import type { JobView } from '../messenger.ts';
import { createLookBack } from '../once/look-back.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { loadJob } from './job-lease.ts';
import { jobView } from './job-view.ts';

/** Each time something else was said meanwhile. What goes on for longer the next click or round draws. */
const DRAWINGS_MAX = 5;

type SaidLine = Line & { kind: 'image_marked' | 'stage_set' };

const saidOfLastDay = createLookBack(
  (_: State, line: Line): line is SaidLine => line.kind === 'image_marked' || line.kind === 'stage_set',
);

const jobIdOf = (holdId: string) => holdId.slice(0, holdId.lastIndexOf('/'));
const drawnKey = (jobId: string, seq: number) => `image-drawn/${jobId}/${seq}`;

/**
 * Draws a job's message until it shows what is said of its images. Another process, or the job's own worker, may draw what it
 * read before: so the ledger is read once more after each drawing, and the last one to draw is the one that notices.
 * `lineSeq`: the line that said it. The sweeper draws for lines without a marker.
 */
export async function redrawSaid(context: AppContext, jobId: string, lineSeq: number | null): Promise<void> {
  let drawn: string | null = null;
  for (let count = 0; count <= DRAWINGS_MAX; count += 1) {
    await context.book.read();
    const job = await loadJob(context, jobId);
    if (!job || job.messagePlace === null) break;
    const view = await jobView(context, job);
    if (shownBy(view) === drawn) break;
    const redrawn = await context.messenger.redraw(view, job.messagePlace);
    if (redrawn.kind === 'failed') {
      return context.log.warn({ jobId, code: redrawn.code }, 'mark not drawn, will retry');
    }
    drawn = shownBy(view);
  }
  if (lineSeq !== null) await putOnceMarker(context, drawnKey(jobId, lineSeq), '');
}

/** The same for two views that look the same, as far as it can change while the images stand. */
const shownBy = ({ job, said }: JobView) => JSON.stringify([job.stepsCount, said]);

/** Draws what a crash, or Slack, left undrawn: by the sweeper. */
export async function redrawLateSaid(context: AppContext): Promise<void> {
  const lines = await saidOfLastDay(context, await context.book.read());
  const last = new Map(lines.map(({ holdId, seq }) => [jobIdOf(holdId), seq]));
  for (const [jobId, seq] of last) {
    if ((await onceMarker(context, drawnKey(jobId, seq))) !== null) continue;
    await redrawSaid(context, jobId, seq).catch((error: unknown) => {
      context.log.warn({ jobId, error: describe(error) }, 'mark not drawn, will retry');
    });
  }
}
