import type { QualityCapChosen } from './rules.ts';
import type { Stage } from './work.ts';

export type Client = {
  clientId: string;
  name: string;
  createdAt: number;
  closedAt: number | null;
  approvalsChannelId: string | null;
  hasDigest: boolean;
  qualityCap: QualityCapChosen | null;
};

export type Project = {
  projectId: string;
  clientId: string;
  name: string;
  dueAt: number | null;
  stage: Stage;
  createdAt: number;
  closedAt: number | null;
};
