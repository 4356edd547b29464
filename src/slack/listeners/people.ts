import type { BlockElementAction } from '@slack/bolt';
import { PEOPLE_FILTERS } from '../../app/people/people-view.ts';
import { ACTIONS } from '../ids.ts';
import type { ClickListener, Routes } from '../routes.ts';
import { FIRST_PAGES, type Pages, readFind, readHint } from '../surfaces/home-hints.ts';
import { filterOfBlock } from '../surfaces/home-people.ts';
import { registerPeopleForms } from './people-forms.ts';
import { registerPerson } from './person.ts';
import type { SetUpDeps } from './set-up-save.ts';

/** Home's people, and everything that is done from there. */
export function registerPeople(routes: Routes, deps: SetUpDeps): void {
  routes.click(ACTIONS.peopleFind, find(deps));
  routes.click(ACTIONS.peopleFilter, filter(deps));
  registerPerson(routes, deps);
  registerPeopleForms(routes, deps);
}

const find =
  ({ publish }: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const typed = action.type === 'plain_text_input' ? readFind(action.value) : '';
    const filter = PEOPLE_FILTERS.find((each) => each === filterOfBlock(action.block_id));
    const pages: Pages = {
      ...FIRST_PAGES,
      tab: 'people',
      ...(filter ? { filter } : {}),
      ...(typed ? { find: typed } : {}),
    };
    await publish(client, body.user.id, { pages });
  };

const filter =
  ({ publish }: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    await publish(client, body.user.id, { pages: readHint(chosenIn(action)).pages });
  };

const chosenIn = (action: BlockElementAction): string | undefined =>
  action.type === 'static_select' ? action.selected_option?.value : undefined;
