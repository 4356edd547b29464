import './one-writer.test.ts';
