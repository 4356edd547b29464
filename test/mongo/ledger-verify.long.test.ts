import './ledger-verify.test.ts';
