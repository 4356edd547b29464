// The emoji an app like ours writes: shortcode → character. Some are drawn by us (emoji-art), so that they look the
// same on a machine without an emoji font.

// biome-ignore format: one line a drawing
export const EMOJI = {
  sparkles: '✨', art: '🎨', white_check_mark: '✅', heavy_check_mark: '✔️', warning: '⚠️', lock: '🔒', unlock: '🔓',
  hourglass_flowing_sand: '⏳', hourglass: '⌛', moneybag: '💰', bar_chart: '📊', bell: '🔔', no_bell: '🔕',
  no_entry: '⛔', no_entry_sign: '🚫', wave: '👋', paintbrush: '🖌️', lower_left_paintbrush: '🖌️',
  frame_with_picture: '🖼️', x: '❌', question: '❓', information_source: 'ℹ️', bulb: '💡', rocket: '🚀', tada: '🎉',
  eyes: '👀', calendar: '📆', date: '📅', spiral_calendar_pad: '🗓️', memo: '📝', pencil: '📝', pencil2: '✏️',
  gear: '⚙️', bust_in_silhouette: '👤', busts_in_silhouette: '👥', credit_card: '💳',
  chart_with_upwards_trend: '📈', chart_with_downwards_trend: '📉', arrows_counterclockwise: '🔄', repeat: '🔁',
  link: '🔗', mag: '🔍', star: '⭐', trophy: '🏆', heart: '❤️', '+1': '👍', thumbsup: '👍', '-1': '👎', thumbsdown: '👎',
  point_right: '👉', clock3: '🕒', stopwatch: '⏱️', alarm_clock: '⏰', red_circle: '🔴', large_green_circle: '🟢',
  large_yellow_circle: '🟡', large_orange_circle: '🟠', large_blue_circle: '🔵', white_circle: '⚪',
  black_circle: '⚫', fire: '🔥', coin: '🪙', label: '🏷️', package: '📦', inbox_tray: '📥', outbox_tray: '📤',
  page_facing_up: '📄', file_folder: '📁', key: '🔑', shield: '🛡️', handshake: '🤝', smile: '😄',
  slightly_smiling_face: '🙂', pray: '🙏', robot_face: '🤖', fox_face: '🦊', sunrise: '🌅', arrow_right: '➡️',
  arrow_up: '⬆️', arrow_down: '⬇️', heavy_plus_sign: '➕', octagonal_sign: '🛑', raised_hand: '✋', hand: '✋',
  pushpin: '📌', round_pushpin: '📍', camera: '📷', house: '🏠', office: '🏢', briefcase: '💼', wastebasket: '🗑️',
  zap: '⚡', seedling: '🌱', crystal_ball: '🔮', receipt: '🧾', scroll: '📜', ballot_box_with_check: '☑️',
  speech_balloon: '💬', black_square_button: '🔲', small_blue_diamond: '🔹', small_orange_diamond: '🔸',
  thinking_face: '🤔', rotating_light: '🚨',
};

const BY_CHARACTER = new Map(Object.entries(EMOJI).map(([name, character]) => [bare(character), name]));
const SHORTCODE = /:([a-z0-9_+-]+):/g;
/** Not a part of a longer emoji, such as a painter (a person joined with a palette). */
const CHARACTER = /(?<!\u200D)\p{Extended_Pictographic}\uFE0F?(?![\u200D\u{1F3FB}-\u{1F3FF}])/gu;

/**
 * Text as `text` and `emoji` nodes: known `:shortcodes:` and known characters. All others stay text, as in Slack: bars of shades
 * are letters, in the color of the letters around them.
 */
export function emojiNodes(text) {
  const found = [];
  for (const match of text.matchAll(SHORTCODE)) {
    if (Object.hasOwn(EMOJI, match[1]))
      found.push({ at: match.index, length: match[0].length, node: { type: 'emoji', name: match[1] } });
  }
  for (const match of text.matchAll(CHARACTER)) {
    const name = BY_CHARACTER.get(bare(match[0]));
    if (name !== undefined) found.push({ at: match.index, length: match[0].length, node: { type: 'emoji', name } });
  }
  found.sort((a, b) => a.at - b.at);
  const nodes = [];
  let at = 0;
  for (const { at: from, length, node } of found) {
    if (from > at) nodes.push({ type: 'text', text: text.slice(at, from) });
    nodes.push(node);
    at = from + length;
  }
  if (at < text.length) nodes.push({ type: 'text', text: text.slice(at) });
  return nodes;
}

/** As Slack's client sends what was typed: known characters by their names. */
export function withNames(text) {
  return text.replace(CHARACTER, (character) => {
    const name = BY_CHARACTER.get(bare(character));
    return name === undefined ? character : `:${name}:`;
  });
}

function bare(character) {
  return character.replace(/\uFE0F/g, '');
}
