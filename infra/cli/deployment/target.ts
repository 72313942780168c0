import type { Settings } from '../../../functions/settings/settings.ts';
import { madeUpSettings } from '../../made-up-settings.ts';
import { checkSettings } from '../../settings.ts';
import { stackNameOf } from '../../stack-name.ts';
import { cannot } from '../frame/cli-error.ts';
import type { Clients } from '../frame/clients.ts';
import type { Context } from '../frame/context.ts';
import type { WrittenSettings } from '../frame/settings-file.ts';

/** The one stack that a command is about, and the clients of its region. */
export type Target = { settings: Settings; stack: string; region: string; aws: Clients };

/**
 * @throws WrongSettings
 * @throws CliError `made_up`, `no_region`
 */
export async function targetOf(context: Context): Promise<Target> {
  const settings = ownSettings(context);
  const region = await regionFor(settings, context);
  return { settings, stack: stackNameOf(settings), region, aws: context.aws(region) };
}

/** The settings, checked; nothing made up is among them. */
function ownSettings({ settings: file }: Pick<Context, 'settings'>): Settings {
  const written = file.read();
  refuseMadeUp(written);
  return checkSettings(written, file.path);
}

export function refuseMadeUp(written: WrittenSettings): void {
  const madeUp = madeUpSettings(written);
  if (madeUp.length > 0) throw cannot('made_up', { settings: madeUp.map(({ setting, value }) => `${setting}: ${value}`) });
}

export async function regionFor({ region }: { region?: unknown }, context: Pick<Context, 'regionOfProfile'>): Promise<string> {
  const known = typeof region === 'string' ? region : await context.regionOfProfile();
  if (!known) throw cannot('no_region', {});
  return known;
}
