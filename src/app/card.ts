import type { LimitAlertCard } from './alerts/limit-alert-card.ts';
import type { MoreAskedCard } from './alerts/more-asked-card.ts';
import type { UseAlertCard } from './alerts/use-alert-card.ts';
import type { AskedCard, RequestCard } from './approvals/cards.ts';
import type { ClientCard } from './clients/client-card-view.ts';
import type { Greeting } from './clients/greeting-view.ts';
import type { ClockCard } from './clock/clock-view.ts';
import type { ClientDigestCard, DigestNotPosted } from './digest/client-digest-view.ts';
import type { DigestCard } from './digest/digest-view.ts';
import type { BudgetNews } from './limits/budget-news.ts';
import type { ChangeNews } from './limits/change-news.ts';
import type { HelpAskedCard } from './limits/help-asked-card.ts';
import type { PeerNote } from './peer-check/peer-note-view.ts';
import type { OwnerCard } from './people/owner-card-view.ts';
import type { LeavingReceipt } from './people/receipt-view.ts';
import type { RoleAskedCard } from './people/role-asked-card.ts';
import type { StopCard } from './self-check/stop-view.ts';
import type { TroubleCard } from './troubles/trouble.ts';

/** A message with buttons that stays, and is redrawn as things change. */
export type Card =
  | ClientCard
  | Greeting
  | RequestCard
  | AskedCard
  | LeavingReceipt
  | OwnerCard
  | StopCard
  | TroubleCard
  | ClockCard
  | BudgetNews
  | ChangeNews
  | LimitAlertCard
  | MoreAskedCard
  | HelpAskedCard
  | RoleAskedCard
  | DigestCard
  | ClientDigestCard
  | DigestNotPosted
  | UseAlertCard
  | PeerNote;
