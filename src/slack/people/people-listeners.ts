import type { BlockElementAction } from '@slack/bolt';
import { PEOPLE_FILTERS } from '../../app/people/people-view.ts';
import { foundIn } from '../kit/find-field.ts';
import { FIRST_PAGES, type HomeLocation, readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, Routes } from '../platform/routes.ts';
import { filterOfBlock } from './home-people.ts';

/** Home's people, and everything that is done from there. */
export function registerPeople(routes: Routes, deps: Deps): void {
  routes.click(ACTIONS.peopleFind, find(deps));
  routes.click(ACTIONS.peopleFilter, filter(deps));
}

const find =
  ({ publish }: Deps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const typed = foundIn(action);
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
  ({ publish }: Deps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    await publish(client, body.user.id, { pages: readMetadata(chosenIn(action)).pages });
  };

const chosenIn = (action: BlockElementAction): string | undefined =>
  action.type === 'static_select' ? action.selected_option?.value : undefined;
