import * as z from 'zod';
import { DeploymentSettings } from './deployment-settings.ts';
import { EditorialSettings } from './editorial-settings.ts';

/** All settings of a newsletter, in one flat object: each name says by itself which of the two kinds it is. */
export const Settings = z.strictObject({ ...DeploymentSettings.shape, ...EditorialSettings.shape });
export type Settings = z.infer<typeof Settings>;
