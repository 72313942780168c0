/** What a notice says, in the newsletter's language; both parts of the mail are written from it. */
export type Notice = {
  subject: string;
  heading: string;
  /** What happened. Mail programs show the first one beside the subject in the list of mails. */
  paragraphs: string[];
  tables: { title: string; rows: [label: string, value: string][] }[];
  list?: { title: string; entries: string[] } | undefined;
  /** What to do about it, if anything. */
  advice: string[];
  /** Where in the editors' page, behind the `#`. */
  place: string;
};
