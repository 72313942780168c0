/** What is asked, in this order. */
export const answerNames = [
  ...(['newsletterName', 'locale', 'timeZone', 'day', 'time'] as const),
  ...(['legalName', 'postalAddress', 'contact', 'replyTo', 'privacyNotice'] as const),
  ...(['region', 'publicHost', 'senderAddress', 'confirmationAddress'] as const),
];
export type AnswerName = (typeof answerNames)[number];
