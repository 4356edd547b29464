import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** What the app declared to Slack, and so all that it may do and hear. */
export type Manifest = {
  botName: string;
  scopes: string[];
  commands: ManifestCommand[];
  /** In the menu of a message; shortcuts of other places are not offered here. */
  shortcuts: { callbackId: string; name: string }[];
  events: string[];
  isInteractive: boolean;
  hasHome: boolean;
  /** People can neither write nor run commands in the direct message with the bot. */
  isMessagesTabReadOnly: boolean;
};

export type ManifestCommand = { command: string; description: string; usageHint: string; shouldEscape: boolean };

const manifestFile = z.object({
  display_information: z.object({ name: z.string() }),
  features: z.object({
    app_home: z
      .object({
        home_tab_enabled: z.boolean().default(false),
        messages_tab_read_only_enabled: z.boolean().default(false),
      })
      .prefault({}),
    bot_user: z.object({ display_name: z.string() }).optional(),
    slash_commands: z
      .array(
        z.object({
          command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
          description: z.string(),
          usage_hint: z.string().default(''),
          should_escape: z.boolean().default(false),
        }),
      )
      .default([]),
    shortcuts: z
      .array(
        z.object({
          name: z.string().min(1).max(24),
          type: z.enum(['message', 'global']),
          callback_id: z.string().min(1).max(255),
          description: z.string().min(1).max(150),
        }),
      )
      .default([]),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).prefault({}),
    interactivity: z.object({ is_enabled: z.boolean() }).default({ is_enabled: false }),
  }),
});

/** Reads a `manifest.yml`; throws what zod or the YAML parser has to say about a broken one. */
export function readManifest(path: string): Manifest {
  return parseManifest(readFileSync(path, 'utf8'));
}

export function parseManifest(yaml: string): Manifest {
  const { display_information, features, oauth_config, settings } = manifestFile.parse(parse(yaml));
  return {
    botName: features.bot_user?.display_name ?? display_information.name,
    scopes: oauth_config.scopes.bot,
    commands: features.slash_commands.map((one) => ({
      command: one.command,
      description: one.description,
      usageHint: one.usage_hint,
      shouldEscape: one.should_escape,
    })),
    shortcuts: features.shortcuts
      .filter(({ type }) => type === 'message')
      .map(({ name, callback_id: callbackId }) => ({ name, callbackId })),
    events: settings.event_subscriptions.bot_events,
    isInteractive: settings.interactivity.is_enabled,
    hasHome: features.app_home.home_tab_enabled,
    isMessagesTabReadOnly: features.app_home.messages_tab_read_only_enabled,
  };
}
