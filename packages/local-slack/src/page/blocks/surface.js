// A surface: the blocks of one message, modal or Home, with what the person has put into them so far.
import { act } from '../server.js';
import { collectValues, formKey, initialState, pruneForm, startInChannel } from './values.js';

/**
 * `place` is the contract's BlockPlace; `as` names the acting person when something is done; `channelId` is the channel
 * it was opened in, if any.
 */
export function createSurface({ place, as, directory, requestSubmit = null, channelId = null }) {
  const form = new Map();
  const surface = {
    place,
    directory,
    form,
    requestSubmit,
    blocks: [],
    /** Called with a block's id when the person changes something in it. */
    onEdit: () => {},

    take(blocks) {
      surface.blocks = blocks;
      pruneForm(blocks, form);
      if (channelId !== null) startInChannel(blocks, form, channelId);
    },
    state(blockId, element) {
      return form.get(formKey(blockId, element.action_id)) ?? initialState(element);
    },
    put(blockId, element, state) {
      form.set(formKey(blockId, element.action_id), state);
      surface.onEdit(blockId);
    },
    values() {
      return collectValues(surface.blocks, form);
    },
    send(blockId, action) {
      return act({ act: 'block', as: as(), where: surface.place, blockId, action, values: surface.values() });
    },
  };
  return surface;
}
