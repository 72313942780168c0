import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../functions/settings/settings.ts';
import { synthesizeApp } from '../newsletter-app.ts';
import { loadSettings } from '../settings.ts';
import type { PricedTemplate } from './standing-use.ts';

/** The template of this checkout, with these settings. */
export async function currentTemplate(settings: Settings = loadSettings()): Promise<PricedTemplate> {
  const outdir = mkdtempSync(join(tmpdir(), 'periodical-prices-'));
  try {
    const { stacks } = await synthesizeApp({ settings, outdir });
    return stacks[0]?.template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
