import { ALERTS } from './families/alerts.ts';
import { ASKED_CARDS } from './families/asked-cards.ts';
import { CALENDAR_PRICES } from './families/calendar-prices.ts';
import { CARDS } from './families/cards.ts';
import { CHARTS } from './families/charts.ts';
import { CLOCKS } from './families/clocks.ts';
import { CREDITS } from './families/credits.ts';
import { DIGESTS } from './families/digests.ts';
import { HOMES } from './families/home.ts';
import { IMAGES } from './families/images.ts';
import { IMAGINE_FORMS } from './families/imagine-forms.ts';
import { LIMITS } from './families/limits.ts';
import { NOTES } from './families/notes.ts';
import { OVERVIEWS } from './families/overviews.ts';
import { PEER_CHECK } from './families/peer-check.ts';
import { PEOPLE } from './families/people.ts';
import { PROJECTS } from './families/projects.ts';
import { REFUSALS } from './families/refusals.ts';
import { REPORTS } from './families/reports.ts';
import { REQUESTS } from './families/requests.ts';
import { SET_UP_FORMS } from './families/set-up-forms.ts';
import { SPENDING } from './families/spending.ts';
import { TROUBLES } from './families/troubles.ts';
import { WAYS_OUT } from './families/ways-out.ts';
import type { Family } from './sample.ts';

/** Every family of samples. A new one: a file in `families/`, and a line here. */
export const FAMILIES: readonly Family[] = [
  IMAGES,
  NOTES,
  REFUSALS,
  WAYS_OUT,
  ASKED_CARDS,
  CREDITS,
  REPORTS,
  CARDS,
  REQUESTS,
  HOMES,
  OVERVIEWS,
  PEOPLE,
  PROJECTS,
  IMAGINE_FORMS,
  SET_UP_FORMS,
  LIMITS,
  CALENDAR_PRICES,
  SPENDING,
  ALERTS,
  CLOCKS,
  TROUBLES,
  CHARTS,
  DIGESTS,
  PEER_CHECK,
];
