/** Every Lambda function by the name its logs, alarms and the local run know it by, and the module it enters at. */
export const functionEntries = {
  'public-api': 'functions/public/public-api.handler.ts',
  'editor-api': 'functions/editors/editor-api.handler.ts',
  'send-confirmation': 'functions/subscribers/send-confirmation.handler.ts',
  'keep-images': 'functions/issues/keep-images.handler.ts',
  'run-digest': 'functions/digests/run-digest.handler.ts',
  'fan-out': 'functions/deliveries/fan-out.handler.ts',
  'deliver-orders': 'functions/deliveries/deliver-orders.handler.ts',
  'watch-digests': 'functions/deliveries/watch-digests.handler.ts',
  'import-readers': 'functions/imports/import-readers.handler.ts',
  'export-readers': 'functions/exports/export-readers.handler.ts',
  'count-figures': 'functions/figures/count-figures.handler.ts',
  'record-ses-events': 'functions/feedback/record-ses-events.handler.ts',
} as const;

export type FunctionName = keyof typeof functionEntries;

/** The folder of each function's asset: `index.mjs` and what lies beside it. */
export type Bundles = Readonly<Record<FunctionName, string>>;

/** Those that render email and so carry the MJML sources; the others must not contain MJML at all. */
export const renderingFunctions: readonly FunctionName[] = ['send-confirmation', 'run-digest', 'editor-api', 'watch-digests'];

/** Those that open pictures and so carry the codecs: WebAssembly, which runs on any processor. */
export const codecFunctions: readonly FunctionName[] = ['editor-api', 'keep-images'];
