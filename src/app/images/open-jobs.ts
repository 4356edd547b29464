import type { AppContext } from '../context.ts';

const JOBS_A_PAGE = 500;

/** All of them: jobs that are stuck must not hide those behind them. */
export async function openJobs({ records, book }: AppContext): Promise<string[]> {
  const { workspace } = book;
  const jobIds: string[] = [];
  for (;;) {
    const page = await records.jobs.open({ workspace, afterJobId: jobIds.at(-1) ?? '', jobsMax: JOBS_A_PAGE });
    jobIds.push(...page);
    if (page.length < JOBS_A_PAGE) return jobIds;
  }
}
