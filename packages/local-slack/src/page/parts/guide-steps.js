// "Try this": what a newcomer may do first. `as` is a first name, `channel` a channel's name, `draft` goes into the composer
// when the step is clicked; `home` and `app` lead to the app’s Home and its messages; with `press` only while there is no
// such button yet; a step whose person is not there is shown without a link.

/** Whose Slack opens when the address names nobody, or somebody who is not there. */
export const FIRST_PERSON = 'U0ANA';

export const STEPS = [
  {
    text: 'As Ana, make an image: /imagine a red fox at dusk',
    as: 'Ana',
    channel: 'northwind-coffee',
    draft: '/imagine a red fox at dusk',
  },
  {
    text: 'Press “Again” under the image',
    as: 'Ana',
    channel: 'northwind-coffee',
    press: 'image_again',
    draft: '/imagine a red fox at dusk',
  },
  { text: 'See what is left: /credits', as: 'Ana', channel: 'northwind-coffee', draft: '/credits' },
  {
    text: 'A small budget refuses, and says why: four images for Mira',
    as: 'Ana',
    channel: 'mira-skincare',
    draft: '/imagine a night serum on wet stone --n 4',
  },
  {
    text: 'Ben goes over his day: somebody is asked',
    as: 'Ben',
    channel: 'atlas-outdoor',
    draft: '/imagine a storm over the ridge --n 3',
  },
  { text: 'As Marcus, approve it: the card is in Inkwell’s messages', as: 'Marcus', app: true },
  {
    text: 'As Olivia, Home → Limits and rules: edit Atlas Outdoor’s month to 200, and see the rehearsal',
    as: 'Olivia',
    home: true,
  },
  { text: 'Home → People: remove Ben, and read the receipt', as: 'Olivia', home: true },
  {
    text: 'In a channel without a client, try /imagine',
    as: 'Ana',
    channel: 'summer-pitch',
    draft: '/imagine a lighthouse in the fog',
  },
  {
    text: 'Tom is from the client’s company: may he?',
    as: 'Tom',
    channel: 'northwind-coffee',
    draft: '/imagine a cup of coffee',
  },
  { text: 'And Gina, a guest?', as: 'Gina', channel: 'atlas-outdoor', draft: '/imagine a tent by a lake' },
  { text: 'Somebody leaves: deactivate Ben under Administer', as: 'Olivia', channel: 'northwind-coffee' },
];
