import './book-races.test.ts';
