/**
 * Why a form is asked for again: a field that people do not see was filled in; it came sooner than a person types; it is not a
 * form of this site from the last two days; its words have changed since. Any of these happens to people, so nothing is ever dropped.
 */
export type AskAgain = 'trap' | 'too_quick' | 'stale' | 'reworded';
