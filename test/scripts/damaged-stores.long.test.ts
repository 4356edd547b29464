import './damaged-stores.test.ts';
