import type { BlockElementAction } from '@slack/bolt';
import { PEOPLE_FILTERS } from '../../app/people/people-view.ts';
import type { SetUpDeps } from '../admin-forms/set-up-save.ts';
import { FIRST_PAGES, type HomeLocation, readFind, readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { ClickListener, Routes } from '../platform/routes.ts';
import { filterOfBlock } from './home-people.ts';
import { registerPeopleForms } from './people-form-listeners.ts';
import { registerPerson } from './person-listeners.ts';

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
    const pages: HomeLocation = {
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
    await publish(client, body.user.id, { pages: readMetadata(chosenIn(action)).pages });
  };

const chosenIn = (action: BlockElementAction): string | undefined =>
  action.type === 'static_select' ? action.selected_option?.value : undefined;
