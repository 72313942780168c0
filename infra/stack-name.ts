import type { Settings } from '../functions/settings/settings.ts';

/** What CloudFormation knows this newsletter's stack by: production bears the plain name, every other stage its own behind it. */
export const stackNameOf = ({ stackName, stage }: Pick<Settings, 'stackName' | 'stage'>): string =>
  stage === 'production' ? stackName : `${stackName}-${stage}`;
