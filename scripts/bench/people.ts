import type { Book } from '../../src/book/book.ts';
import { BookFault } from '../../src/book/decide-batch.ts';
import { imageCommands } from './workload.ts';

/** So many people at once, each waiting for the hold before the capture. Returns how often a person had to ask again. */
export async function images(
  book: Book,
  { from, count, people }: { from: number; count: number; people: number },
): Promise<number> {
  let next = from;
  let askedAgain = 0;
  const person = async () => {
    while (next < from + count) {
      const { hold, capture } = imageCommands(next);
      next += 1;
      for (const { command } of [hold, capture]) {
        const answer = await untilAnswered(() => book.submit(command));
        if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
      }
    }
  };
  await Promise.all(Array.from({ length: people }, person));
  return askedAgain;

  /** As a person does who is told to try again. */
  async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        const { code } = error as { code?: string };
        if (!(error instanceof BookFault) && code !== 'uncertain' && code !== 'unavailable') throw error;
        askedAgain += 1;
      }
    }
  }
}
