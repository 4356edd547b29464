import './rights-search.test.ts';
