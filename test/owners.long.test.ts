import './owners.test.ts';
