import './idempotency.test.ts';
