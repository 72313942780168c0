import { closedDirection } from '../platform/closed-direction.ts';

/** What of a text from outside is looked at and kept, in UTF-16 units. Whatever decides is at its beginning. */
const longestText = 2_048;

/** A text that somebody else wrote, as long as it may be before anything looks at it, and without marks that turn what is around it. */
export const cutText = (text: string): string => closedDirection(text.slice(0, longestText).toWellFormed());
