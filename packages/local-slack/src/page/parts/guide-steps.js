// "Try this": what a newcomer may do first. `as` is a first name, `channel` a channel's name, `draft` goes into the composer
// when the step is clicked; `home` and `app` lead to the app’s Home and its messages; with `press` only while there is no
// such button yet; `administer` opens that panel; a step whose person is not there is shown without a link.

/** The person whose Slack opens when the address names no one, or a person who is not there. */
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
  {
    text: 'In a thread Slack runs no commands. As Ana, reply there with: @inkwell a red fox in snow',
    as: 'Ana',
    channel: 'northwind-coffee',
    draft: '@inkwell a red fox in snow',
  },
  {
    text: 'Or choose “Make an image here” in a message’s menu (the three dots over it)',
    as: 'Ana',
    channel: 'northwind-coffee',
  },
  { text: 'See what’s left: /credits', as: 'Ana', channel: 'northwind-coffee', draft: '/credits' },
  {
    text: 'As Ana, ask for four images for Mira: a small budget refuses and says why',
    as: 'Ana',
    channel: 'mira-skincare',
    draft: '/imagine a night serum on wet stone --n 4',
  },
  {
    text: 'As Ben, go over a daily limit: Inkwell asks for approval',
    as: 'Ben',
    channel: 'atlas-outdoor',
    draft: '/imagine a storm over the ridge --n 3',
  },
  { text: 'As Marcus, approve it in Inkwell’s messages', as: 'Marcus', app: true },
  {
    text: 'As Ana, hover over the image and react with a star: it is kept. A trophy makes it final',
    as: 'Ana',
    channel: 'northwind-coffee',
    press: 'reaction-star',
    draft: '/imagine a red fox at dusk',
  },
  {
    text: 'As Marcus, see what each kept image took, by client: /credits report',
    as: 'Marcus',
    channel: 'mira-skincare',
    draft: '/credits report last 30 days --by client',
  },
  {
    text: 'As Marcus, read the alerts in Inkwell’s messages: a project runs out before it is due',
    as: 'Marcus',
    app: true,
  },
  { text: 'Let a week pass under Administer: it takes half a minute', as: 'Olivia', home: true, administer: true },
  { text: 'As Olivia, read Monday’s digest in Inkwell’s messages', as: 'Olivia', app: true },
  { text: 'As Tom, who works for the client, read their week in the channel', as: 'Tom', channel: 'northwind-coffee' },
  { text: 'As Marcus, see who used far more than usual on Thursday', as: 'Marcus', app: true },
  {
    text: 'As Olivia, set Atlas Outdoor’s monthly budget to 200 in Home → Limits and rules, and preview the impact',
    as: 'Olivia',
    home: true,
  },
  { text: 'As Olivia, remove Ben in Home → People, then read the summary', as: 'Olivia', home: true },
  {
    text: 'As Ana, try /imagine in a channel with no client',
    as: 'Ana',
    channel: 'summer-pitch',
    draft: '/imagine a lighthouse in the fog',
  },
  {
    text: 'As Tom, who works for the client, try /imagine',
    as: 'Tom',
    channel: 'northwind-coffee',
    draft: '/imagine a cup of coffee',
  },
  { text: 'As Gina, a guest, try it too', as: 'Gina', channel: 'atlas-outdoor', draft: '/imagine a tent by a lake' },
  { text: 'As Olivia, deactivate Ben under Administer', as: 'Olivia', channel: 'northwind-coffee' },
];
