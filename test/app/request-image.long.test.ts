import './request-image.test.ts';
