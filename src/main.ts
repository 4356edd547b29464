import { watchProcess } from './start/process-life.ts';

// Before all that takes time to load: a signal has no other handler where Inkwell is process 1.
const life = watchProcess({ underNpm: process.env.npm_lifecycle_event !== undefined });
try {
  const { run } = await import('./run.ts');
  await run(life, process.env);
} catch (error) {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  console.error(`Inkwell couldn’t start:\n- A part of it cannot be loaded (${code}). Run npm ci, then npm start.`);
  process.exit(1);
}
