/** A date of the calendar (`YYYY-MM-DD`) written out with its weekday, in any language (BCP 47). */
export const longDate = (date: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' })
    .format(new Date(`${date}T00:00:00Z`))
    // Intl leaves out the blank that Chinese typography wants before the weekday.
    .replace('日星期', '日 星期');

/** `2027年2月22日`, `February 22, 2027`: the day of a moment (ISO) where the newsletter is. */
export const dayOfMoment = (moment: string, timeZone: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(new Date(moment));
