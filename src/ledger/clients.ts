import type { Named } from './lists/former-names.ts';
import type { QualityCapChosen } from './rules.ts';
import type { Stage } from './work.ts';

export type Client = Named & {
  clientId: string;
  createdAt: number;
  closedAt: number | null;
  approvalsChannelId: string | null;
  hasDigest: boolean;
  qualityCap: QualityCapChosen | null;
};

export type Project = Named & {
  projectId: string;
  clientId: string;
  dueAt: number | null;
  stage: Stage;
  createdAt: number;
  closedAt: number | null;
};
