import './not-started.test.ts';
