import * as z from 'zod';

/** Text that holds JSON of this shape: queue bodies, stored parts. A fault names the path and what came. */
export const jsonText = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: `not JSON: ${text.slice(0, 60)}` });
        return z.NEVER;
      }
    })
    .pipe(shape);
