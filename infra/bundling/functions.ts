/** Every Lambda function by the name its logs, alarms and the local run know it by, and the module it enters at. */
export const functionEntries = {
  'public-api': 'functions/public/public-api.handler.ts',
  api: 'functions/api/api.handler.ts',
  'send-confirmation': 'functions/subscribers/send-confirmation.handler.ts',
  work: 'functions/work/work.handler.ts',
  'deliver-batches': 'functions/deliveries/deliver-batches.handler.ts',
  'watch-digests': 'functions/deliveries/watch-digests.handler.ts',
  'record-ses-events': 'functions/feedback/record-ses-events.handler.ts',
} as const;

export type FunctionName = keyof typeof functionEntries;

/** The folder of each function's asset: `index.mjs` and what lies beside it. */
export type Bundles = Readonly<Record<FunctionName, string>>;

/** Those that render email and so carry the MJML sources; the others must not contain MJML at all. */
export const renderingFunctions: readonly FunctionName[] = ['send-confirmation', 'work', 'api', 'watch-digests'];

/** Those that open pictures and so carry the codecs: WebAssembly, which runs on any processor. */
export const codecFunctions: readonly FunctionName[] = ['api', 'work'];
