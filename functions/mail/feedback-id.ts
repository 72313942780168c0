/**
 * The tags from which SES writes the first two fields of its own `Feedback-ID` header, by which Gmail's Postmaster Tools
 * counts complaints: the kind of mail, and which digest it was. SES documents no other way to put anything in there.
 */
export const feedbackTags = ({ kind, digest }: Readonly<Record<string, string>>): Record<string, string> => ({
  ...(kind && { 'ses:feedback-id-a': kind }),
  ...(digest && { 'ses:feedback-id-b': digest }),
});
