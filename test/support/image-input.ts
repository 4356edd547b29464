import type { ImageInput } from '../../src/app/inputs.ts';
import { clicking } from './requester.ts';
import { ANA, CHANNEL } from './world.ts';

/** What Ana asks for in Northwind's channel, unless a test says otherwise. */
export function imageInput(given: Partial<ImageInput> & { by?: string; channelId?: string } = {}): ImageInput {
  const { by = ANA, channelId = CHANNEL, ...rest } = given;
  return {
    deliveryId: 'job-1',
    ...clicking(by, channelId),
    prompt: 'a red fox at dusk',
    options: {},
    imagesCount: 1,
    stage: 'concept',
    project: null,
    from: 'channel',
    ...rest,
  };
}
