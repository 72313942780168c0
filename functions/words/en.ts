import type { RefusalValues } from '../platform/refusal.ts';
import type { DepartureKind } from '../restores/departure.ts';
import type { Comparison } from '../restores/restore.ts';
import type {
  ChartSpan,
  ConsentEvent,
  ConsentWay,
  Delivered,
  DidWords,
  FailureReason,
  FindingWords,
  HoldWords,
  ListReading,
  Place,
  ProviderNames,
  ReaderState,
  RefusalWords,
  RoleNames,
  RowFault,
  RowOutcome,
  ScopeNames,
  SkipReason,
} from './desk-shape.ts';
import { numeral, type PluralForms, percent, plural } from './format.ts';
import { listed } from './listed.ts';
import type { HoldFacts, Language, ScheduleFacts, Trip } from './shape.ts';

const n = (count: number) => numeral('en', count);
const share = (part: number) => percent('en', part);
const counted = (count: number, forms: PluralForms) => plural('en', count, forms);

/** English words that two areas below use. */
const minutes = (count: number) => counted(count, { one: `${n(count)} minute`, other: `${n(count)} minutes` });
const hours = (count: number) => counted(count, { one: `${n(count)} hour`, other: `${n(count)} hours` });
/** A wait that may be long. */
const wait = (count: number) => (count <= 90 ? minutes(count) : hours(Math.ceil(count / 60)));

const pictureCount = (count: number) => counted(count, { one: 'one picture', other: `${n(count)} pictures` });

const ordinal = new Intl.PluralRules('en', { type: 'ordinal' });
const ordinalEnds: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
const th = (number: number) => `${number}${ordinalEnds[ordinal.select(number)] ?? 'th'}`;

/** The days of a schedule, as they follow “You get an email”. */
function daysOf(says: ScheduleFacts): string {
  if (says.every === 'day') return 'every day';
  if (says.every === 'working day') return 'from Monday to Friday';
  if (says.every === 'week') return `every ${new Intl.ListFormat('en').format(says.on.map(({ long }) => long))}`;
  if (says.every === 'two weeks') return `every second ${says.on.long}`;
  const { on } = says;
  if ('weekday' in on) return `on the ${on.which} ${on.weekday.long} of the month`;
  return `on the ${on.day === 'last' ? 'last day' : th(on.day)} of the month`;
}

export const language: Language = {
  name: 'English',
  shortName: 'English',
  subtags: [],
  understands: undefined,
  sentenceSpace: ' ',
  colon: ': ',
  comma: ', ',
  inBrackets: (text) => ` (${text})`,
  asksTransferAbroad: false,
};

/** What pages and mails both say of the newsletter and of an issue. The words around an issue follow the issue's language. */
export const newsletter = {
  issueNumber: (number: number) => `No. ${number}`,
  contents: 'In this issue',
  /** The heading of a mail whose titles are too long to be beside one another. */
  digestTitle: ({ title, others }: { title: string; others: number }) => `${title}, and ${n(others)} more`,
  itemCount: (count: number) => counted(count, { one: `${n(count)} item`, other: `${n(count)} items` }),
  readInFull: 'Read in full',
  readTheRest: 'This mail has only a part. Read the rest on the web.',
  image: 'Image',
  byline: (names: readonly string[]) => `By ${listed('en', names)}`,
  // Templates like those of the settings: a part in [[ ]] drops out when a placeholder in it is empty.
  subjectOfOne: '[[{{newsletter}} No. {{number}}: ]]{{title}}',
  subjectOfSeveral: '{{newsletter}}: {{title}} and {{others}} more',
  advertising: '[AD] ',

  webVersion: 'View in browser',
  reply: ({ to }: { to: string }) => `Reply to this mail to write to ${to}.`,
  why: ({ name }: { name: string }) => `You get this mail because you subscribed to ${name} and confirmed it.`,
  unsubscribe: 'Unsubscribe',
  preferences: 'Preferences',
  contact: 'Contact',
  privacy: 'Privacy notice',
  schedule: (says: ScheduleFacts) => `${daysOf(says)} at ${says.time} (${says.zone})`,
};

/** Readers' pages. */
export const pages = {
  layout: { skip: 'Skip to content', languages: 'Language', signUp: 'Subscribe', archive: 'Past issues', home: 'To the start page' },

  signUp: {
    failed: 'One thing is missing',
    rhythm: ({ schedule }: { schedule: string }) => `One email, ${schedule}`,
    email: 'Email address',
    submit: 'Subscribe',
    trap: 'Leave this field empty',
    hint: 'We send you a mail with a link. Follow the link and confirm: then you are subscribed.',
    faults: {
      empty: 'Enter your email address.',
      malformed: 'This does not look like a complete email address, such as name@example.com.',
      local_part_not_ascii:
        'Only unaccented Latin letters, digits and signs may come before the “@”: the service that sends our mail cannot reach other addresses.',
      too_long: 'This address is too long: an email address has at most 254 characters.',
      refused: 'Tick this box. We cannot send you anything without storing your address abroad.',
    },
    /** Asks for the form again: why it was not taken. */
    again: {
      trap: 'A field that only programs should fill in was filled in, perhaps by your browser. We have emptied it. Please press “Subscribe” again.',
      too_quick: 'The form was sent faster than people type. If you are a person, please press “Subscribe” again.',
      reworded: 'The text on this page has just changed. Please read it, then press “Subscribe” again.',
      stale: 'This page was open for a long time. Your address is still here: please press “Subscribe” again.',
    },
    suggestion: {
      ask: 'Is there a typing mistake? Perhaps you mean:',
      yes: ({ meant }: { meant: string }) => `Use ${meant}`,
      no: ({ typed }: { typed: string }) => `No, ${typed} is right`,
    },
  },

  /** What a person is told before they sign up. These texts are recorded with each consent, so no language falls back to another. */
  consent: {
    who: 'Who writes',
    whoText: ({ legalName, postalAddress, contact }: { legalName: string; postalAddress: string; contact: string }) =>
      `${legalName}, ${postalAddress}. Contact: ${contact}`,
    often: 'How often',
    oftenText: ({ schedule }: { schedule: string }) => `One email ${schedule}. No email when there is nothing new.`,
    leaving: 'How to unsubscribe',
    leavingText: 'Every email has an unsubscribe link. It takes one click, no login and no reason.',
    data: 'Your data',
    dataText: ({ place, privacyNotice }: { place: string; privacyNotice: string }) =>
      `We keep your address, your language and the record of your consent, only to send you this newsletter. They are on servers of Amazon Web Services in ${place}. Details are in the ${privacyNotice}.`,
    dataLink: 'privacy notice',
    transferAbroad: ({ name, place, contact }: { name: string; place: string; contact: string }) =>
      `I agree separately to this: so that I can receive ${name}, my email address, my language and the record of my consent are transferred out of mainland China to Amazon Web Services in ${place}, stored there, and used there to send me mail. I can withdraw this consent at any time, and I can see or delete my data by writing to ${contact}.`,
  },

  tooMany: {
    title: 'Please come back a little later',
    network_full:
      'There were many sign-ups from your network that nobody has confirmed. To protect people from mail they did not ask for, we accept no more from there for now.',
    full: 'More people are waiting for their confirmation mail than we can write to in a day. We accept no more for now.',
    when: ({ minutes: count }: { minutes: number }) => `You can try again in ${minutes(count)}.`,
    network: 'If you cannot wait, use another network, such as that of your phone.',
    mailed: 'Do you already have a confirmation mail? Its link still works.',
  },

  /** What editors copy into a page of their own. */
  formCode: {
    title: 'The sign-up form on your own site',
    lead: 'Copy one of these into your page. “my-site” is a name that you choose: the growth page shows how many readers came by it.',
    frame: 'In a frame',
    frameHint:
      'The form of this newsletter, with everything that people must be told before they agree. The setting formOrigins must name your site.',
    plain: 'As a plain form',
    plainHint:
      'Works on any site and without scripts. Delete the topics and the languages that you do not want to offer. If formOrigins names your site, a hidden field “return” may hold the address of a page of it, which readers see afterwards.',
    script: 'From a script',
    scriptHint: 'For forms that your own script sends. The setting formOrigins must name your site.',
    language: 'Language',
  },

  waiting: {
    title: 'A few more seconds',
    lead: 'Many people are signing up right now. To keep programs out, your browser first does a short calculation. Then the page continues by itself.',
    wait: ({ seconds }: { seconds: number }) =>
      counted(seconds, {
        one: `If nothing happens, wait ${n(seconds)} second, then press the button.`,
        other: `If nothing happens, wait ${n(seconds)} seconds, then press the button.`,
      }),
    ready: 'You can press the button now.',
    early: ({ seconds }: { seconds: number }) =>
      counted(seconds, {
        one: `That was too early. Please wait ${n(seconds)} more second.`,
        other: `That was too early. Please wait ${n(seconds)} more seconds.`,
      }),
    /** Where no script runs and too many of the network wait. */
    crowded: 'If nothing happens, please come back in ten minutes: too many people on your network are waiting.',
    working: 'Your browser is calculating:',
    done: 'Done. The page continues…',
    submit: 'Continue',
  },

  subscription: {
    check: 'Check your inbox',
    checkLead: 'A confirmation mail is on its way. Open it and follow its link. When you confirm there, you are subscribed.',
    checkThen: ({ again }: { again: string }) =>
      `No mail after a few minutes? Look into the spam folder. If you mistyped the address, ${again}.`,
    again: 'fill in the form again',
    /** Where the mail waits for its turn. */
    lineLead: ({ minutes: count }: { minutes: number }) =>
      `Many people are signing up right now. You are in the line: your confirmation mail goes out within ${wait(count)}. Follow its link, and you are subscribed.`,
    /** Where the newsletter cannot send at all for a while. */
    delayedLead:
      'Your sign-up is taken, but we cannot send mails at the moment. Your confirmation mail goes out as soon as we can. Follow its link, and you are subscribed.',
    lineThen: ({ again }: { again: string }) =>
      `You can close this page, and need not sign up again: that makes it no faster. If you mistyped the address, ${again}.`,
    howOften: ({ minutes: span, most }: { minutes: number; most: number }) =>
      `We send one address at most one confirmation mail every ${
        Number.isInteger(span / 60) ? counted(span / 60, { one: 'hour', other: hours(span / 60) }) : minutes(span)
      }, and at most ${n(most)} in 30 days. The last one says so, and its link works for 30 days: if no new mail comes, use that one.`,
    confirm: ({ name }: { name: string }) => `Subscribe to ${name}?`,
    confirmLead: ({ address }: { address: string }) => `When you press the button, ${address} gets our next issue.`,
    /** What the sign-up chose. */
    confirmTopics: 'Topics',
    allTopics: 'All topics',
    confirmLanguage: 'Language of our emails',
    confirmConsent: ({ day }: { day: string }) => `Agreed on ${day}`,
    confirmAgain:
      'This address was entered on our sign-up page from more than one network, so somebody else may have done it too. Please say here what you want.',
    confirmNoTopic: 'Choose at least one topic.',
    confirmButton: 'Subscribe',
    confirmThen: 'If this was not you, close this page. We write to you again only if you confirm.',
    confirmed: 'You are subscribed',
    confirmedLead: ({ schedule }: { schedule: string }) => `Welcome. You get an email ${schedule}.`,
    confirmedThen: 'Every email ends with an unsubscribe link.',
    leaveNow: 'Changed your mind? Unsubscribe now.',
    unsubscribe: ({ name }: { name: string }) => `Unsubscribe from ${name}?`,
    unsubscribeLead: ({ address }: { address: string }) => `When you press the button, ${address} gets no more mail from us.`,
    unsubscribeMoved: 'You have changed your address since this mail. When you press the button, we stop writing to the new one, too.',
    unsubscribeButton: 'Unsubscribe',
    unsubscribed: 'You are unsubscribed',
    unsubscribedLead: 'We will not write to you again. Thank you for reading.',
    notOnList: 'You are not on our list',
    notOnListLead: 'This address gets no mail from us. There is nothing more to do.',
    back: 'Pressed by mistake, or changed your mind?',
    signUp: 'Subscribe again',
  },

  /** Asked after somebody has left. */
  leaving: {
    ask: 'Would you like to tell us why? You do not have to.',
    reasons: {
      too_many: 'Too many emails',
      not_for_me: 'It is not what I need',
      never_asked: 'I never signed up',
      elsewhere: 'I read it elsewhere, on the web or in a feed',
      other: 'Another reason',
    },
    send: 'Tell the editors',
    thanks: 'Thank you. The editors will see your answer.',
  },

  /** What a link from any mail opens. */
  preferences: {
    title: 'Your subscription',
    lead: ({ name, address }: { name: string; address: string }) => `${address} receives ${name}.`,
    pausedLead: ({ name, address, day }: { name: string; address: string; day: string }) =>
      `${address} receives ${name} again from ${day}. Until then it is paused.`,
    movedLead:
      'You have changed your address since this mail. Here you can pause your subscription, or end it. For all else, follow “Preferences” in a mail to the new address.',
    language: 'Which language should the notes and links around each issue be in?',
    topics: 'What would you like to read about?',
    topicsHint: 'You always get issues without a topic. If you tick all topics, you also get those that are added later.',
    noTopic: 'Choose at least one topic. To get nothing for now, pause or unsubscribe below.',
    save: 'Save',
    saved: 'Saved. This applies from the next email.',
    pause: 'Pause for a while?',
    pauseText: 'You get no emails during the pause. They start again by themselves. Every issue stays on the web site.',
    pauseFor: ({ months }: { months: number }) => counted(months, { one: `${n(months)} month`, other: `${n(months)} months` }),
    pausedUntil: ({ day }: { day: string }) => `Paused. Emails start again on ${day}.`,
    pausedNow: 'Paused. Emails start again by themselves.',
    resume: 'Start again now',
    resumed: 'Welcome back. You get the next email.',
    leave: 'Unsubscribe?',
    leaveText: 'You are unsubscribed at once. You need not give a reason.',
    leaveButton: 'Unsubscribe',
    own: 'Change your address, see or delete your data',
    ownText: ({ minutes: span }: { minutes: number }) =>
      `Emails can be forwarded, so this needs a separate link. We mail it to the address on file. It works for ${minutes(span)}.`,
    ownButton: 'Mail me the link',
    ownSent: ({ minutes: span }: { minutes: number }) => `We have mailed the link to the address on file. It works for ${minutes(span)}.`,
    ownAlready: ({ minutes: span }: { minutes: number }) =>
      `We mailed the link a moment ago. If it does not come within ${minutes(span)}, look into the spam folder and ask again.`,
    ownUsedUp: ({ most }: { most: number }) =>
      `We have mailed the link ${n(most)} times in the last 24 hours, and send no more for now. Look into the spam folder, or come back tomorrow.`,
  },

  /** What the second link opens, which only the address on file gets. */
  manage: {
    title: 'Your data',
    lead: ({ address }: { address: string }) => `This page is about ${address}. Only the person who received our mail can open it.`,
    move: 'Change your address',
    moveText: 'We first mail the new address, and you confirm there. Until then we use the address you have now.',
    newAddress: 'New email address',
    moveButton: 'Mail the new address',
    moveSent: 'We have sent a mail to the new address. Follow its link and confirm.',
    moveAlready: ({ minutes: span }: { minutes: number }) => `We sent a mail there a moment ago. You can try again in ${minutes(span)}.`,
    sameAddress: 'This is the address you have now.',
    data: 'What we know about you',
    dataText:
      'Download all we keep: your address, language and topics, the record of every consent, and the last emails to you with what happened to them.',
    dataButton: 'Download (JSON)',
    erase: 'Delete your data',
    eraseText:
      'You get no more emails, and we do not keep your address. We keep a code made from it, so that nobody imports you again. We also keep the record of your consent, as proof, until 3 years after the last email. You cannot undo this.',
    sure: 'Yes, delete my data',
    notSure: 'Tick this box to delete your data.',
    eraseButton: 'Delete',
    erased: 'Your data is deleted',
    erasedLead: 'We no longer have your address, and will not write to you again. Thank you for reading.',
    moveAsk: ({ name }: { name: string }) => `Receive ${name} at this address?`,
    moveAskLead: ({ address }: { address: string }) =>
      `When you press the button, emails go to ${address} from now on. The old address gets none.`,
    moveYes: 'Use this address',
    moved: 'Your address is changed',
    movedLead: 'From the next email on, we write to the new address. Unsubscribe links in old emails still work.',
  },

  /** What the names in a reader's own data mean, to the reader. */
  myData: {
    outcome: {
      complained: 'Delivered, and later reported as spam',
      bounced: 'Your mailbox did not accept it',
      blocked: 'Your mail provider blocked it',
      delivered: 'Delivered',
      delayed: 'On its way: your mailbox has not accepted it yet',
      sent: 'Sent',
      submitted: 'Sent',
      open: 'Not sent yet',
      paused: 'Not sent: your subscription was paused',
      topic: 'Not sent: none of the topics you chose',
      rejected: 'Not sent: our mail service refused it',
      unknown: 'We do not know whether it was sent',
      left: 'Not sent: you were not on the list then',
      failed: 'Not sent: it failed several times',
      provider: 'Not sent: your mail provider refused mails of this issue',
      cancelled: 'Not sent: this issue was cancelled',
    },
    said: {
      dead: 'The mailbox does not exist or is closed',
      unexplained: 'The mailbox refused permanently, without a reason',
      blocked: 'The provider blocked the mail; your mailbox is not the cause',
      soft: 'The mailbox could not accept mail at that time',
      complaint: 'Reported as spam',
      'not-spam': 'Moved out of the spam folder',
    },
    act: {
      'looked up': 'an editor looked at this data',
      unsubscribed: 'an editor unsubscribed you',
      erased: 'an editor deleted your data',
      reinstated: 'an editor resumed sending to you',
    },
  },

  archive: {
    empty: 'There is no issue yet. Subscribe now to get the first one.',
    older: 'Older issues',
    all: 'All past issues',
    search: 'Search by title',
    searchButton: 'Search',
    found: ({ query }: { query: string }) => `Titles with “${query}”`,
    nothingFound: 'Nothing found. Try another word, or a shorter one.',
    searchedSoFar: 'Nothing found among the recent issues.',
    searchOn: 'Search further back',
    previous: 'Previous issue',
    next: 'Next issue',
    neighbours: 'Previous and next issue',
    invite: ({ name }: { name: string }) => `Get ${name} by email`,
    terms: 'Who writes, how often, how to unsubscribe, and where your data is kept',
    pieces: ({ count }: { count: number }) =>
      counted(count, { one: `${n(count)} piece in this issue`, other: `${n(count)} pieces in this issue` }),
    recent: 'Recent issues',
    readOn: 'This page shows only a part. Read the rest on the page of the issue.',
  },

  problems: {
    ended: {
      title: 'This link no longer works',
      text: 'It belongs to an earlier subscription, which has ended. To get our emails again, sign up again:',
    },
    token_expired: {
      title: 'This link has expired',
      text: 'Confirmation links work for 7 days. Enter your address again, and we send a new one at once:',
    },
    confirm: {
      title: 'This link is incomplete',
      text: 'Some mail programs cut long links. Go back to the confirmation mail and copy the whole link, or enter your address again and we send a new one:',
    },
    overtaken: {
      title: 'This link no longer works',
      text: 'Since we mailed it, the subscription has changed its address or started again. Follow “Preferences” in our newest mail, and ask for a new link there.',
    },
    token_invalid: {
      title: 'This link is incomplete',
      text: 'Some mail programs cut long links. Go back to the mail and follow the link again, or copy the whole link. If that does not help, use the link in another mail from us, or write to us:',
    },
    not_found: { title: 'There is no such page', text: 'The link may be misspelt, or the page has moved.' },
    method_not_allowed: { title: 'This address does not work that way', text: 'Please start again from the start page.' },
    gone: { title: 'This issue was withdrawn', text: 'The editors have taken it down.' },
    too_large: { title: 'That was too long', text: 'Please start again from the start page.' },
    internal_error: {
      title: 'Something went wrong on our side',
      text: 'You did nothing wrong, and nothing is lost. Please try again in a few minutes.',
    },
    other: { title: 'That did not work', text: 'Please start again from the start page.' },
  },

  /** Where AWS keeps the data, by the code of the region. */
  places: {
    'us-east-1': 'Northern Virginia, USA',
    'us-east-2': 'Ohio, USA',
    'us-west-1': 'Northern California, USA',
    'us-west-2': 'Oregon, USA',
    'ca-central-1': 'Central Canada',
    'eu-west-1': 'Ireland',
    'eu-west-2': 'London, United Kingdom',
    'eu-west-3': 'Paris, France',
    'eu-central-1': 'Frankfurt, Germany',
    'eu-central-2': 'Zurich, Switzerland',
    'eu-north-1': 'Stockholm, Sweden',
    'eu-south-1': 'Milan, Italy',
    'ap-east-1': 'Hong Kong',
    'ap-northeast-1': 'Tokyo, Japan',
    'ap-northeast-2': 'Seoul, South Korea',
    'ap-northeast-3': 'Osaka, Japan',
    'ap-southeast-1': 'Singapore',
    'ap-southeast-2': 'Sydney, Australia',
    'ap-south-1': 'Mumbai, India',
    'sa-east-1': 'São Paulo, Brazil',
  },
};

/** Mails to readers about their own subscription. */
export const mails = {
  linkWords: 'If the button does not work, copy this address into your browser:',

  confirmation: {
    subject: ({ name }: { name: string }) => `Confirm your subscription to ${name}`,
    preheader: 'Follow the link to complete your subscription.',
    heading: 'Please confirm',
    ask: ({ name, host }: { name: string; host: string }) =>
      `Somebody used this address at ${host} to subscribe to ${name}. If it was you, please confirm.`,
    button: 'Confirm subscription',
    expiry: ({ days }: { days: number }) =>
      counted(days, { one: `The link works for ${n(days)} day.`, other: `The link works for ${n(days)} days.` }),
    /** With the link of the last mail that a mailbox gets for now. */
    lastOne: ({ days }: { days: number }) =>
      `Several mails of this kind went to this address. To protect you, we send it no other for ${n(days)} days. Please keep this one.`,
    ignore: 'If it was not you, ignore this mail: you are subscribed only if you confirm.',
    who: ({ name }: { name: string }) => `Sent automatically by the sign-up page of ${name}.`,
  },

  /** To somebody on an earlier list who never confirmed. */
  askedOnce: {
    preheader: 'Follow the link if you still want it. We ask only once.',
    ask: ({ name }: { name: string }) =>
      `Your address is on an earlier list of ${name}, but was never confirmed. If you would like to get it, please confirm.`,
    ignore: 'If you do not want it, ignore this mail: you are subscribed only if you confirm, and we do not ask again.',
    who: ({ name }: { name: string }) => `Sent only once, because your address is on an earlier list of ${name}.`,
  },

  manage: {
    subject: ({ name }: { name: string }) => `Your data at ${name}`,
    preheader: 'The link to change your address, see your data or delete it.',
    heading: 'The link you asked for',
    ask: 'Use it to change your address, download what we keep about you, or delete all of it.',
    button: 'Open my data',
    expiry: ({ minutes: span }: { minutes: number }) => `The link works for ${minutes(span)}.`,
    ignore: 'If you did not ask for it, ignore this mail: nothing changes. Please do not forward it to anybody.',
    who: ({ name }: { name: string }) => `Sent automatically by the subscription page of ${name}.`,
  },

  move: {
    subject: ({ name }: { name: string }) => `Confirm your new address for ${name}`,
    preheader: 'Follow the link to receive our emails at this address.',
    heading: 'Use this address?',
    ask: ({ name }: { name: string }) => `A reader of ${name} would like to receive it at this address. If it is you, please confirm.`,
    button: 'Use this address',
    expiry: ({ days }: { days: number }) =>
      counted(days, { one: `The link works for ${n(days)} day.`, other: `The link works for ${n(days)} days.` }),
    ignore: 'If it was not you, ignore this mail: nothing changes unless you confirm.',
    who: ({ name }: { name: string }) => `Sent automatically by the subscription page of ${name}.`,
  },

  welcome: {
    subject: ({ name }: { name: string }) => `Welcome to ${name}`,
    preheader: ({ schedule }: { schedule: string }) => `You are subscribed: one email ${schedule}.`,
    heading: 'Welcome! You are subscribed.',
    lead: ({ name, schedule }: { name: string; schedule: string }) =>
      `From now on you get ${name} at this address ${schedule}. When there is nothing new, we send nothing.`,
    newest: 'Read the latest issue now',
    archive: 'All past issues',
    keep: ({ sender }: { sender: string }) => `Add ${sender} to your contacts, so that our mail does not go to the spam folder.`,
    reply: 'Questions or comments? Just reply to this mail.',
  },
};

/** Why the brake stopped a digest. */
const tripped: Record<Trip['kind'], (trip: Trip) => string> = {
  bounced: ({ count, of }) =>
    `${n(count)} of ${n(of)} submitted mails bounced (${share(count / Math.max(1, of))}). A digest stops automatically at 5% and at least ten bounces, before SES reviews the account.`,
  complained: ({ count, of }) =>
    `${n(count)} of ${n(of)} delivered mails were reported as spam (${share(count / Math.max(1, of))}). A digest stops automatically at 0.1% and at least five reports, before SES reviews the account.`,
  rejected: ({ count, of }) =>
    `SES rejected ${n(count)} of ${n(of)} mails. The cause is probably the issue or a setting, not the readers’ addresses.`,
};

/** What an editor vouches for before anybody of a list becomes a reader. A change of it needs a new `declarationVersion`. */
export const declaration =
  'I confirm that the people on this list asked for this newsletter, or for the one it continues, and that I can show so. None of the addresses was bought, rented, swapped or collected from the web.';

/** Mails to editors. */
export const notices = {
  mail: {
    kind: 'notice to editors',
    open: 'Open the editors’ page',
    why: ({ name }: { name: string }) => `${name} sends this to its editors automatically. The setting noticesTo has their addresses.`,
  },

  digest: {
    named: ({ date }: { date: string }) => `The digest of ${date}`,
    titled: ({ title }: { title: string }) => `“${title}”`,
  },

  /** Names of counts, in the tables of every notice. */
  counts: {
    audience: 'Readers',
    submitted: 'Submitted',
    delivered: 'Delivered',
    bounced: 'Bounced',
    blocked: 'Blocked by the provider',
    complained: 'Reported as spam',
    delayed: 'Delayed',
    rejected: 'Rejected by SES',
    unknown: 'Unknown',
    open: 'Not sent yet',
    waiting: 'Postponed, as far as known',
    resent: 'Sent again',
    remailed: 'Mailed again after a block',
    maxQuota: 'SES quota for 24 hours',
    usedQuota: 'Used in the last 24 hours',
  },

  dayBefore: {
    subject: ({ day, time, count }: { day: string; time: string; count: number }) =>
      `${day}, ${time}: ${counted(count, { one: `${n(count)} issue goes out`, other: `${n(count)} issues go out` })}`,
    heading: ({ day, time }: { day: string; time: string }) => `Goes out ${day} at ${time}`,
    empty: ({ day, time }: { day: string; time: string }) => `${day}, ${time}: nothing is queued`,
    queued: ({ count, readers }: { count: number; readers: number }) =>
      `${counted(count, { one: `${n(count)} issue is queued`, other: `${n(count)} issues are queued` })} for ${counted(readers, {
        one: `${n(readers)} confirmed reader`,
        other: `${n(readers)} confirmed readers`,
      })}.`,
    emptyText: 'The queue is empty. If it is still empty at that time, this digest is skipped and readers get no mail.',
    issues: 'What goes out',
    when: 'Goes out',
    readers: 'Confirmed readers',
    cancel: 'Can be cancelled until',
    lasts: 'Estimated duration',
    minutes: ({ minutes: span }: { minutes: number }) => (span < 1 ? 'less than a minute' : `about ${minutes(span)}`),
    unlimited: 'unlimited',
    enough: 'The SES quota is large enough.',
    tooSmall: ({ sent }: { sent: number }) =>
      `The SES quota is too small: about ${n(sent)} mails go out on that day. The rest follows automatically when there is quota again. To send everything on that day, ask SES for a higher quota now.`,
    change: ({ time }: { time: string }) => `You can add issues to the queue and remove them until ${time}.`,
    canCancel: ({ time, until }: { time: string; until: string }) =>
      `Issues and readers of the digest are fixed at ${time}. Until ${until} you can still cancel the whole digest on its page.`,
    cannotCancel: ({ time }: { time: string }) =>
      `Sending starts at ${time}. After that you can still pause it or cancel what is not sent yet.`,
  },

  missed: {
    subject: ({ slot }: { slot: string }) => `The digest of ${slot} was missed`,
    heading: ({ slot }: { slot: string }) => `The digest of ${slot} was missed and not sent later`,
    why: {
      too_late: ({ hours }: { hours: number }) =>
        `Nothing ran when the digest was due. This was noticed after more than ${counted(hours, {
          one: `${n(hours)} hour`,
          other: `${n(hours)} hours`,
        })}, which is too late to catch up. Readers got no mail.`,
      schedule_changed: (_facts: { hours: number }) =>
        'The schedule was changed at the time when this digest was due, and nothing ran. Readers got no mail.',
    },
    queue: ({ next }: { next: string }) => `Queued issues stay in the queue and go out ${next}.`,
    missed: 'Missed',
    next: 'Next digest',
    advice:
      'To send now, open the issue and choose “Send now”. To find out why nothing ran, see work-waiting and watch-digests-failing in the runbook.',
  },

  outage: {
    lasts: ({ since }: { since: string }) => `SES has taken no mail since ${since}`,
    over: ({ since, until }: { since: string; until: string }) => `SES took no mail from ${since} to ${until}`,
    what: ({ reason }: { reason: string }) =>
      `Digests and the mails that readers asked for wait, and nobody is left out for it. The last answer was: “${reason}”`,
    waits: 'Every minute it is tried whether SES takes mail again. Then sending continues automatically, and nobody gets a digest twice.',
    going: 'What waited is being sent now, and nobody gets a digest twice. Digests that show “Fault” wait for you to choose “Resume”.',
    advice: 'To find out why, see ses-unreachable in the runbook.',
  },

  webhook: {
    heading: ({ name }: { name: string }) => `The webhook “${name}” gives events up`,
    what: ({ host, since }: { host: string; since: string }) =>
      `${host} has taken nothing since ${since}. Each event was tried for three days; what is older is not tried any more.`,
    advice: 'The log of the webhook (GET /api/v1/webhooks/{id}/deliveries) says how it answered. From there events can be sent again.',
  },

  /** `kinds`: a notice for each hold that editors get a mail about. */
  hold: {
    kinds: {
      brake: {
        heading: ({ name }: { name: string }) => `${name} has stopped automatically`,
        reason: ({ trip }: HoldFacts) =>
          trip ? tripped[trip.kind](trip) : 'Too many mails failed, so the digest has stopped automatically.',
        advice: [
          'Find out where the bounces and complaints come from: for example from a list that was just imported, or from something in the issue.',
          'Then choose “Resume” on the page. Sending continues where it stopped, and nobody gets the digest twice. Or cancel the rest.',
        ],
      },
      late: {
        heading: ({ name }: { name: string }) => `${name} is waiting: its time has passed`,
        reason: (_facts: HoldFacts) =>
          'Nothing ran at the time for which it was scheduled, and that was hours ago. Nobody has got it: what was right then may be out of date now.',
        advice: ['On the page, choose “Resume” to send it now, or cancel it. After that you can schedule the issue again.'],
      },
      fault: {
        heading: ({ name }: { name: string }) => `${name} has stopped: SES does not accept our mail`,
        reason: ({ holdReason = '…' }: HoldFacts) => `SES accepts no more mail from this account. It says: “${holdReason}”`,
        advice: [
          'Do what SES asks for: verify the sender’s domain, leave the sandbox, or ask SES to end the pause of the account.',
          'Then choose “Resume” on the page. Sending continues where it stopped, and nobody gets the digest twice.',
        ],
      },
      quota: {
        heading: ({ name }: { name: string }) => `${name} is waiting for quota`,
        reason: (_facts: HoldFacts) =>
          'The quota for 24 hours is used up: that of SES, or `dailyLimit` of the settings. Sending continues automatically when there is quota again. Nobody gets the digest twice.',
        advice: [
          'You need not do anything. To finish sooner, ask SES for a higher quota, or raise `dailyLimit`; or cancel the rest on the page.',
        ],
      },
      canary: {
        heading: ({ name }: { name: string }) => `${name} is waiting: no SES events about its first mails`,
        reason: (_facts: HoldFacts) =>
          'The first mails were watched for ten minutes, but no SES events have arrived. Bounces and complaints are unknown, so the rest waits. When events arrive, the numbers are checked and sending continues automatically.',
        advice: [
          'Check the log and the dead letters of record-ses-events, and whether the SES configuration set still has its event destination.',
          'If you do not want to wait, choose “Resume” on the page: the rest is then sent without any feedback on the first mails. Or cancel the rest.',
        ],
      },
    },
    firstReaders: ({ readers }: { readers: number }) =>
      `So far only the first readers have it (about ${n(readers)}). Nobody else was mailed.`,
    numbers: 'So far',
  },

  provider: {
    heading: ({ name, domain }: { name: string; domain: string }) => `${name}: readers at ${domain} are postponed`,
    refused: ({ domain, blocked, submitted }: { domain: string; blocked: number; submitted: number }) =>
      `${domain} and the other mailboxes of that provider blocked ${n(blocked)} of ${n(submitted)} mails (${share(
        blocked / Math.max(1, submitted),
      )}). At 5% and at least twenty blocked mails, the provider’s other readers are postponed, so that it does not block us for longer.`,
    others: 'All other readers get their mail as usual.',
    numbers: ({ domain }: { domain: string }) => `${domain} so far`,
    advice: [
      'Find out why the provider blocks the mail: check SPF, DKIM and DMARC of the domain, the links in the issue, and how fast mails were sent. The readers’ addresses are not the cause, and none of them is suppressed.',
      'Then choose “Send to them now” on the page. Sending continues from where it stopped, and nobody gets the digest twice. After a day, or when the next digest is made, these readers are skipped; “Plan again” reaches them even then.',
    ],
  },

  incident: {
    heading: ({ name, domain }: { name: string; domain: string }) => `${name}: many mailboxes at ${domain} are said to be dead`,
    dead: ({ domain, bounced, submitted }: { domain: string; bounced: number; submitted: number }) =>
      `${n(bounced)} of ${n(submitted)} mails to ${domain} and the other mailboxes of that provider came back (${share(
        bounced / Math.max(1, submitted),
      )}), far more than usual. More often the provider is at fault than so many readers have left.`,
    kept: 'These readers get no mail now. Their addresses are kept, encrypted, for a few days, so that they can be reinstated. The provider’s other readers are postponed; everybody else gets the mail as usual.',
    advice: [
      'Find out whether the provider has trouble, for example on its status page. If it was at fault, choose “Reinstate all” on the page: all of these readers are back at once. If the mailboxes are really gone, choose “They are dead”.',
      'Without a decision the next digest tries five of them. If all five get it, everybody is reinstated; if not, nobody is.',
    ],
  },

  report: {
    heading: {
      done: ({ name }: { name: string }) => `${name} was sent`,
      nobody: ({ name }: { name: string }) => `${name} reached nobody`,
      cancelled: ({ name }: { name: string }) => `${name} was cancelled`,
      skipped: ({ name }: { name: string }) => `${name} was skipped`,
    },
    done: ({ submitted, audience }: { submitted: number; audience: number }) =>
      counted(audience, {
        one: `The mails of ${n(submitted)} of ${n(audience)} reader were submitted to SES.`,
        other: `The mails of ${n(submitted)} of ${n(audience)} readers were submitted to SES.`,
      }),
    cancelled: ({ submitted, audience }: { submitted: number; audience: number }) =>
      counted(audience, {
        one: `Before the digest was cancelled, the mails of ${n(submitted)} of ${n(audience)} reader were submitted to SES. The others were not sent.`,
        other: `Before the digest was cancelled, the mails of ${n(submitted)} of ${n(audience)} readers were submitted to SES. The others were not sent.`,
      }),
    skipped: 'Nothing was queued when the digest was due, so no mail was sent.',
    unknown: ({ count }: { count: number }) =>
      counted(count, {
        one: `SES did not answer for the mail of ${n(count)} reader, so it is unknown whether it was sent. When SES events arrive, the numbers on the page are corrected automatically.`,
        other: `SES did not answer for the mails of ${n(count)} readers, so it is unknown whether they were sent. When SES events arrive, the numbers on the page are corrected automatically.`,
      }),
    duplicated: ({ count }: { count: number }) =>
      counted(count, {
        one: `${n(count)} reader may have got the mail twice: SES confirmed the first mail only after it was sent again.`,
        other: `${n(count)} readers may have got the mail twice: SES confirmed the first mail only after it was sent again.`,
      }),
    planAgain: ({ count }: { count: number }) =>
      counted(count, {
        one: `The mail of ${n(count)} reader was not taken by SES, as far as is known. To send it to them, choose “Plan again” on the page.`,
        other: `The mails of ${n(count)} readers were not taken by SES, as far as is known. To send it to them, choose “Plan again” on the page.`,
      }),
    mailAgain: ({ count }: { count: number }) =>
      counted(count, {
        one: `The provider of ${n(count)} reader blocked the mail. When you have removed the cause, choose “Mail again” on the page.`,
        other: `The providers of ${n(count)} readers blocked the mail. When you have removed the cause, choose “Mail again” on the page.`,
      }),
    discrepancy: ({ what }: { what: string }) =>
      `The numbers of this report do not add up: ${what}. See report-does-not-add-up in the runbook.`,
    readers: 'Readers',
    mailboxes: 'What mailboxes answered',
    providers: 'By mailbox provider',
    sending: 'Sending',
    began: 'First mail accepted by SES',
    last: 'Last mail accepted by SES',
    ended: 'Ended',
    rate: 'Mails per second',
    granted: ({ rate }: { rate: string }) => `of ${rate} granted`,
    throttled: 'Throttled by SES',
    cost: 'Cost at AWS list prices',
    skippedFor: {
      left: 'Unsubscribed meanwhile',
      paused: 'Subscription paused',
      topic: 'Chose other topics',
      failed: 'Failed five times',
      provider: 'Their provider refused mails',
      cancelled: 'Cancelled',
    },
    otherProviders: 'others',
    later: 'More bounces and deliveries may be reported later. The page always shows the latest numbers.',
  },
};

const whyNotDone = {
  errors: 'the preflight found errors',
  past: 'its time has passed',
  alike: 'another issue says the same already',
  draft: 'only the first upload of a file by an editor is queued or scheduled',
};

const findings: FindingWords = {
  // What keeps an issue from being queued
  no_text: { says: 'The issue has no text at all.' },
  placeholder_unfilled: {
    says: 'A placeholder of a mail is in the text; readers would see it as it is.',
    about: ({ placeholder }) => placeholder,
  },
  refused_link: { says: 'A link may not be followed from a mail; it was left out, its words stay.', about: ({ address }) => address },
  refused_picture: { says: 'A picture may not be shown in a mail; it was left out.', about: ({ address }) => address },
  private_link: {
    says: 'A link leads to a private network, which readers cannot reach; it was left out, its words stay.',
    about: ({ address }) => address,
  },
  private_picture: {
    says: 'A picture is on a private network, which readers cannot reach; it was left out. Upload it with the file.',
    about: ({ address }) => address,
  },
  unsubscribe_link: {
    says: 'A link is somebody’s own unsubscribe or preference link; every reader could use it.',
    about: ({ link }) => link,
  },
  cannot_fit: {
    says: 'One piece of text is too long for any mail.',
    about: ({ kilobytes, limitKilobytes }) => `at least ${kilobytes} KB where ${limitKilobytes} KB fit`,
  },

  // From reading the file
  encoding_guessed: {
    says: 'The file does not say how it is encoded. Look whether its letters are right.',
    about: ({ encoding }) => `read as ${encoding}`,
  },
  garbled_text: { says: 'A wrong encoding damaged the text before it came here.', about: ({ sample }) => `“${sample}”` },
  no_date: { says: 'The file names no date; the day of the upload is used.' },
  date_unreadable: { says: 'The date in the metadata cannot be read.', about: ({ written, date }) => `“${written}”; ${date} is used` },
  date_ambiguous: {
    says: 'The date can be read in two ways.',
    about: ({ written, date, other }) => `“${written}”: ${date}, which is used, or ${other}`,
  },
  date_in_part: { says: 'The date names no day.', about: ({ written, date }) => `“${written}”; ${date} is used` },
  no_title: {
    says: 'The file names no title. Put one into its metadata or above its text.',
    about: ({ title }) => `until then “${title}”`,
  },
  title_from_file: { says: 'The text has no title; the file’s name is used.', about: ({ title }) => `“${title}”` },
  author_of_document: {
    says: 'The mail names its author after the properties of the Word document. Change them there if somebody else wrote it.',
    about: ({ authors }) => listed('en', authors),
  },
  metadata_unused: { says: 'The metadata say what has no effect here.', about: ({ keys }) => listed('en', keys) },
  schedule_unreadable: {
    says: 'The moment to send it at could not be read; the issue is not scheduled.',
    about: ({ written }) => `“${written}”`,
  },
  reply_to_unused: {
    says: 'The reply address is not used: it is not one of this newsletter’s. Add it to the setting `replyAddresses` if it should be.',
    about: ({ address, used }) => `“${address}”; replies go to ${used}`,
  },
  asked_not_done: {
    says: 'The file asks for more than a draft. Look at the issue and queue or schedule it here.',
    about: ({ state, why }) => `“${stateNames[state]}”: ${whyNotDone[why]}`,
  },
  same_number: {
    says: 'Another issue has the same number.',
    about: ({ number, title, slug }) => `No. ${number}: “${title}” (${slug})`,
  },
  same_text: {
    says: 'Another issue has the same date and most of the same text.',
    about: ({ date, title, slug }) => `${date}: “${title}” (${slug})`,
  },
  long_title: { says: 'The title was too long and was cut.', about: ({ characters }) => `${n(characters)} characters` },
  title_link: { says: 'The title’s link was left out; its words stay.', about: ({ address }) => address },
  number_gap: { says: 'The count has a gap; the numbers are kept as written.', about: ({ number, before }) => `${before}, then ${number}` },
  number_repeat: { says: 'A number comes twice; the numbers are kept as written.', about: ({ number }) => `${number}` },
  number_back: {
    says: 'The count goes back; the numbers are kept as written.',
    about: ({ number, before }) => `${before}, then ${number}`,
  },
  not_kept: { says: 'Something has no place in a mail and was left out.', about: ({ element }) => `<${element}>` },
  relative_link: {
    says: 'A link leads nowhere outside of its own site; it was left out, its words stay.',
    about: ({ address }) => address,
  },
  relative_picture: { says: 'A picture cannot be found outside of its own site; it was left out.', about: ({ address }) => address },
  inline_image: { says: 'A picture written into the file was left out. Give it an address.' },
  unknown_key: { says: 'A key is none of an issue; what it holds was not read.', about: ({ key }) => key },
  mark_left_out: { says: 'Something was left out that only the program it was written for can fill.', about: ({ mark }) => mark },
  reference_missing: {
    says: 'Something refers to what the file does not define; it is sent as it is.',
    about: ({ reference }) => reference,
  },
  frame_left_out: { says: 'What belongs to the page around the text was left out.', about: ({ words }) => words },
  unknown_topic: {
    says: 'The newsletter has no such topic; it is left out, and the issue is for more readers.',
    about: ({ topic, known }) => (known.length > 0 ? `“${topic}”; there are ${listed('en', known)}` : `“${topic}”; there are none`),
  },
  image_failed: {
    says: 'A picture could not be kept; it stays where it is.',
    about: ({ address, reason }) => `${address}: ${failureReasons[reason]}`,
  },
  image_removed: {
    says: 'A picture could not be kept; its description takes its place.',
    about: ({ address, reason }) => `${address}: ${failureReasons[reason]}`,
  },
  image_unused: { says: 'A picture came along that the text does not show.', about: ({ path }) => path },

  // How it will fare as a mail
  placeholder_left: { says: 'A placeholder is sent as it is; nothing fills it.', about: ({ placeholder }) => placeholder },
  hidden_direction: { says: 'Hidden marks turn the direction of the text; what is read may not be what is written.' },
  malformed_address: { says: 'A link leads nowhere as it is written.', about: ({ address }) => address },
  link_elsewhere: { says: 'A link says another address than it leads to.', about: ({ words, host }) => `${words} → ${host}` },
  look_alike_host: { says: 'A link leads to a site whose name has letters that look like others.', about: ({ host }) => host },
  markup_left: {
    says: 'Readers see signs of Markdown or HTML as they are; a space or an empty line may be wrong there.',
    about: ({ written }) => written,
  },
  empty_section: { says: 'A section has nothing in it.', about: ({ title }) => title },
  missing_alt: { says: 'A picture has no description for people who cannot see it.', about: ({ address }) => address },
  image_not_https: { says: 'A picture comes without https; many mail programs will not show it.', about: ({ address }) => address },
  html_ignored: { says: 'Some mail programs ignore this markup.', about: ({ element, clients }) => `<${element}>: ${clients}` },
  css_ignored: { says: 'Some mail programs ignore this style.', about: ({ style, clients }) => `${style}: ${clients}` },
  low_contrast: {
    says: 'Text is hard to see on its background.',
    about: ({ text, ground, contrast, needed }) => `${text} on ${ground}: contrast ${contrast}, needs ${needed}`,
  },
  long_subject: {
    says: 'The subject is longer than mail programs show.',
    about: ({ columns, limit }) => `${columns} columns, ${limit} are shown`,
  },
  shortened: {
    says: 'Too long for one mail: some parts become a summary and a link.',
    about: ({ parts, titles }) => `${parts}: ${titles.join('; ')}${titles.length < parts ? '; …' : ''}`,
  },
};

/** Why a picture could not be kept. */
const failureReasons: Readonly<Record<FailureReason, string>> = {
  not_https: 'its address is not https on the usual port',
  private_address: 'its address is not on the public internet',
  unreachable: 'its server cannot be reached',
  timed_out: 'its server took too long',
  refused: 'its server did not hand it out',
  too_many_redirects: 'its server redirects again and again',
  too_large: 'larger than 15 MB',
  too_many_pixels: 'more than 60 million pixels, all frames together',
  side_too_long: 'a side of more than 20,000 pixels',
  takes_too_long: 'it takes too long to open',
  not_a_picture: 'not a JPEG, PNG, GIF, WebP, AVIF or HEIC picture',
  svg: 'an SVG, which mail programs do not show',
  unreadable: 'damaged or cut off',
};

const stateNames = { draft: 'Draft', queued: 'Queued', scheduled: 'Scheduled', sending: 'Sending', sent: 'Sent' } as const;

const actions = {
  queue: 'queued',
  unqueue: 'made a draft again',
  schedule: 'scheduled',
  list: 'listed in the archive',
  unlist: 'kept out of the archive',
  topics: 'given other topics',
  delete: 'deleted',
  archive: 'put into the archive without a mail',
} as const;

const digestStates = {
  held: 'Held',
  sending: 'Sending',
  paused: 'Paused',
  parked: 'Waiting for tomorrow’s quota',
  stopped: 'Fault',
  done: 'Done',
  skipped: 'Skipped',
  cancelled: 'Cancelled',
} as const;

const importStates = {
  checking: 'Being checked',
  checked: 'Checked, not started',
  unreadable: 'Cannot be read',
  running: 'Importing',
  finished: 'Imported',
  stopped: 'Stopped',
  failed: 'Given up',
} as const;

const roleNames: RoleNames = { analyst: 'Analyst', writer: 'Writer', editor: 'Editor', owner: 'Owner' };

/** What would do instead of a format that is not read. */
const instead: Readonly<Record<RefusalValues<'format_not_read'>['format'], string>> = {
  AsciiDoc: 'Make HTML of it (asciidoctor) and upload that.',
  reStructuredText: 'Make HTML of it (rst2html or pandoc) and upload that.',
  Org: 'Export it as HTML or Markdown and upload that.',
  LaTeX: 'Make Markdown or HTML of it (pandoc) and upload that.',
  Jupyter: 'Make HTML of the notebook (nbconvert) and upload that.',
  MHTML: 'Save the page as “Webpage, HTML only” and upload that.',
  XML: 'Only feeds of one item are read; export the text as HTML or Markdown.',
};

const scopeNames: ScopeNames = {
  'issues:write': 'write and change drafts',
  send: 'send issues and test mails, and steer digests',
  'readers:read': 'see and export readers',
  'readers:write': 'change readers and import lists',
  'reports:read': 'read delivery reports and statistics',
  settings: 'change settings',
};

const refusals: RefusalWords = {
  not_found: () => 'This cannot be found. It may have been deleted.',
  method_not_allowed: ({ method }) => `This address does not take ${method}.`,
  invalid_request: ({ fields }) => (fields.length > 0 ? `Check these fields: ${listed('en', fields)}.` : 'The request does not fit.'),
  not_json: () => 'The request is not JSON.',
  unreadable_form: ({ reason }) => `The form cannot be read: ${reason}`,
  no_such_topic: ({ topic, known }) =>
    `There is no topic “${topic}”. ${known.length > 0 ? `There are ${listed('en', known)}.` : 'The newsletter has none.'}`,

  empty_request: () => 'No file came with the request.',
  empty_file: () => 'The file is empty.',
  no_file_field: ({ fields }) => `The form has no field “file”, only: ${listed('en', fields)}.`,
  upload_not_found: ({ days }) =>
    `The upload is not here: it did not arrive, or it is older than ${counted(days, { one: 'a day', other: `${days} days` })}. Upload the file again.`,
  request_too_large: ({ megabytes, limitMegabytes }) => `The upload has ${megabytes} MB; ${limitMegabytes} MB fit into one request.`,
  file_too_large: ({ megabytes, limitMegabytes }) => `The file has ${megabytes} MB; it may have ${limitMegabytes} MB.`,
  text_too_large: ({ kilobytes, limitKilobytes }) => `The text has ${n(kilobytes)} KB; an issue may have ${n(limitKilobytes)} KB.`,
  too_many_elements: ({ most }) => `The file has more than ${n(most)} elements.`,
  too_many_pictures: ({ pictures, most }) => `${n(pictures)} pictures came with the file; there may be ${n(most)}.`,
  office_file: () => 'This is an Office file other than .docx. Save it as .docx, as HTML or as text, and upload that.',
  format_not_read: ({ format }) => `This is ${format}, which is not read here. ${instead[format]}`,
  list_of_readers: () => 'This is a list of addresses, not an issue; nothing of it was kept. Import it on the page of readers.',
  mail_damaged: () => 'This mail is damaged, or made of too many parts.',
  several_posts: ({ posts }) => `The file holds ${n(posts)} posts, and an issue is one. Export that one alone.`,
  pdf_file: () => 'This is a PDF. Upload the document that it was made from, as HTML, Markdown or text.',
  rtf_file: () => 'This is an RTF file. Save it as HTML, or as text, and upload that.',
  packed_file: () => 'This is a packed file. Upload the text alone, or one ZIP of the text and its pictures.',
  picture_file: () => 'This is a picture. Add the file with the text.',
  binary_file: () => 'This is a binary file. An issue is HTML, Markdown, plain text or JSON.',
  no_text: () => 'The file has no text.',
  undecodable_text: ({ line }) => `Line ${line} is no text in the encoding of the rest. Save the file as UTF-8.`,
  encoding_unsure: ({ candidates }) =>
    `The file does not say how it is encoded. It could be ${listed('en', candidates)}. Choose one, or save it as UTF-8.`,
  encoding_unknown: ({ name }) => `No encoding is called “${name}”.`,
  elements_too_deep: ({ line, most }) => `Line ${line}: elements are nested more than ${n(most)} deep.`,
  quotes_too_deep: ({ line, most }) => `Line ${line}: quotes or lists are nested more than ${most} deep.`,
  metadata_invalid: ({ line, format, reason }) => `Line ${line}: the metadata is no valid ${format}. ${reason}`,
  metadata_colon: ({ line, key }) => `Line ${line}: put the value of “${key}” in quotes, because it holds a colon.`,
  metadata_open_quote: ({ line }) => `Line ${line}: a quote or a bracket of the metadata is opened and not closed.`,
  metadata_tab: ({ line }) => `Line ${line}: the metadata are indented by a tab. Use spaces.`,
  metadata_character: ({ line, character }) => `Line ${line}: put the value in quotes, because it begins with ${character}.`,
  metadata_language: ({ line, language }) => `Line ${line}: metadata in “${language}” is not read. Write YAML between two lines of ---.`,
  metadata_too_large: ({ line, limitKilobytes }) => `Line ${line}: the metadata has more than ${limitKilobytes} KB.`,
  metadata_too_deep: ({ line }) => `Line ${line}: the metadata is nested too deep.`,
  metadata_tag: ({ line, tag }) => `Line ${line}: the YAML tag ${tag} is not read.`,
  metadata_key: ({ line }) => `Line ${line}: a key of the metadata has to be a plain word.`,
  metadata_aliases: ({ line, reason }) => `Line ${line}: the metadata refers to itself. ${reason}`,
  key_not_allowed: ({ line, key }) => `Line ${line}: a key may not be called ${key}.`,
  invalid_json: ({ line, reason }) => `Line ${line}: this is no valid JSON. ${reason}`,
  json_without_issue: () => 'This JSON is neither an issue as the API answers it nor one item of a JSON Feed.',
  archive_too_large: ({ megabytes, limitMegabytes }) => `The ZIP unpacks to ${megabytes} MB; it may unpack to ${limitMegabytes} MB.`,
  archive_too_many_entries: ({ most }) => `The ZIP has more than ${n(most)} entries.`,
  archive_ratio: ({ path, times }) => `“${path}” in the ZIP unpacks to more than ${times} times its size.`,
  archive_damaged: () => 'The ZIP is damaged or incomplete.',
  archive_entry_damaged: ({ path }) => `“${path}” in the ZIP is damaged.`,
  archive_locked: ({ path }) => `“${path}” in the ZIP is locked with a password.`,
  archive_packing: ({ path }) => `“${path}” in the ZIP is packed in a way that is not read. Pack it with deflate.`,
  archive_path: ({ path }) => `The path “${path}” leads out of the ZIP.`,
  archive_without_text: () => 'The ZIP holds no text: no .md, .html, .txt or .json.',
  archive_several_texts: ({ paths }) => `The ZIP holds several texts (${listed('en', paths)}). Keep the one that is the issue.`,
  workbook_damaged: () => 'The Excel workbook cannot be read. Save it again as .xlsx, or save its sheet as CSV.',
  list_too_long: ({ rows }) => `The list has more than ${n(rows)} rows. Cut it into several files.`,
  list_too_many_columns: ({ columns, most }) => `The first row has ${n(columns)} columns; a list may have ${n(most)}.`,
  list_without_addresses: () => 'No column holds email addresses. Choose below which one does, or another delimiter or encoding.',

  not_signed_in: () => 'You are not signed in. Sign in again.',
  session_over: () => 'Your session has ended. Sign in again.',
  sign_in_ended: () => 'An owner has ended this sign-in. Sign in again.',
  address_not_verified: () => 'The sign-in does not tell a verified address of yours. Verify it and sign in again.',
  no_such_webhook: () => 'This webhook does not exist any more.',
  no_such_delivery: () => 'This webhook has no such event.',
  too_many_webhooks: ({ most }) => `There are ${most} webhooks already, which is as many as there may be.`,
  key_unknown: () => 'This API key is none of this newsletter, or not whole.',
  key_revoked: () => 'This API key was revoked.',
  key_expired: () => 'This API key has expired.',
  scope_missing: ({ needs }) => `This API key may not do that. It needs: ${needs.map((scope) => scopeNames[scope]).join(' or ')}.`,
  people_only: () => 'No API key may do that. It takes a person who signs in.',
  api_key_not_found: () => 'There is no such API key.',
  expiry_past: () => 'The API key would have expired already. Choose a later day.',
  idempotency_key_invalid: () => 'The request carried an Idempotency-Key that is not valid.',
  idempotency_key_reused: () => 'This Idempotency-Key was used for another request within the last day.',
  request_in_progress: () => 'The same request is still being done. Try again in a moment.',
  not_compared: () =>
    'Not everybody who has gone is known to be gone here. Have “periodical restore” run again; it says how many are missing.',
  not_a_colleague: () => 'You are signed in, but have no role at this newsletter. An owner can give you one.',
  forbidden: ({ role, needs }) =>
    `This needs the role “${roleNames[needs]}”; yours is “${roleNames[role]}”. An owner can give you another one.`,
  issue_not_found: ({ slug }) => `There is no issue “${slug}”. It may have been deleted.`,
  issue_deleted: ({ slug }) => `The issue “${slug}” was deleted.`,
  slug_taken: ({ slug, title, date, free }) =>
    `The address “${slug}” belongs to “${title}” of ${date}. The new file can replace that issue, or be one of its own as “${free}”.`,
  wrong_state: ({ slug, state, action }) =>
    `“${slug}” cannot be ${actions[action]}: its status is “${stateNames[state]}”.${state === 'scheduled' ? ' Take its schedule back first.' : ''}`,
  already_sent: ({ slug }) => `“${slug}” has been sent, or is being sent: it cannot be sent again.`,
  had_own_digest: ({ slug, digest }) => `“${slug}” was sent on its own before, as ${digest}.`,
  preflight_failed: ({ slug, errors }) =>
    `“${slug}” has ${counted(errors, { one: 'a fault', other: `${errors} faults` })} to correct first.`,
  new_text_failed: ({ slug, state, errors }) =>
    `The status of “${slug}” is “${stateNames[state]}”, and the new text has ${counted(errors, { one: 'a fault', other: `${errors} faults` })}. Correct the file, or make the issue a draft first.`,
  changed_meanwhile: ({ slug, seen, now }) => `Somebody else has changed “${slug}” (version ${seen}, now ${now}).`,
  replaced_meanwhile: ({ slug }) => `Somebody else has replaced the text of “${slug}” meanwhile.`,
  if_match_invalid: ({ written }) => `If-Match is ${written}; it has to be the issue’s version in quotes.`,
  date_ahead: ({ date }) => `The date of this issue, ${date}, is still to come: it has not gone out elsewhere.`,
  date_unknown: () => 'The file does not say when it went out, so it has no place in the archive. Write a date into it.',
  moment_past: ({ at }) => `${at} has passed. Choose a moment to come.`,
  not_a_test_reader: ({ address }) => `Test mails go only to your own address and to the newsletter’s test readers, not to ${address}.`,
  test_reader_needed: () => 'An API key has no address of its own. Name some of the test readers of the settings.',
  test_not_sent: ({ failed, of, reason }) => `SES did not take ${failed} of ${of} test mails: ${reason}`,
  nothing_queued: () => 'Nothing is queued, so the next digest has no mail to look at.',
  digest_not_found: ({ id }) => `There is no digest ${id}.`,
  digest_ended: ({ id, state }) => `Digest ${id} is over (${digestStates[state]}): nothing about it can change any more.`,
  reader_not_found: () => 'There is no reader with this address.',
  reader_moved: () => 'This reader has another address now. Search for that one.',
  reader_changed: () => 'This reader has changed meanwhile. Search again.',
  not_suppressed: () => 'This reader is not suppressed: there is nothing to reinstate.',
  other_address: () => 'This is not the address of that reader.',
  reason_needed: ({ least, most }) => `Give a reason of ${least} to ${most} characters.`,
  address_empty: () => 'Enter the address to search for.',
  address_malformed: () => 'This is not an address. It looks like reader@example.org.',
  address_local_part_not_ascii: () => 'The part before the @ may only hold Latin letters, digits and signs.',
  address_too_long: () => 'This is too long to be an address.',
  import_not_found: ({ id }) => `There is no import ${id}.`,
  import_not_ready: ({ id, state }) => `The import ${id} cannot be started. Its status: ${importStates[state]}.`,
  import_has_questions: ({ questions }) =>
    `Answer ${counted(questions, { one: 'the question', other: `the ${questions} questions` })} about this list first. Nobody becomes a reader before.`,
  import_gave_up: ({ attempts, begun }) =>
    `The work on this list stopped ${attempts} times at the same place, so it was given up. ${begun ? 'The rows before that place are imported.' : 'Nothing was imported.'} Save the file again, or take out the row it stops at, and import it again.`,
  import_not_finished: ({ id }) => `The import ${id} is not finished yet. Try again when it is.`,
  import_not_running: ({ id, state }) => `The import ${id} cannot be stopped. Its status: ${importStates[state]}.`,
  import_report_gone: ({ days }) => `The report was kept for ${days} days and is deleted.`,
  asked_before: ({ id }) => `The readers of the import ${id} were asked before; they are asked only once.`,
  askable_changed: ({ askable, count }) => `${n(askable)} readers may be asked now, not ${n(count)}.`,
  export_not_found: ({ id }) => `There is no export ${id}.`,
  bom_without_csv: () => 'Only a CSV has a byte order mark.',

  internal_error: () => 'Something went wrong on the server. Nothing is lost; try again later.',
  offline: () => 'The server could not be reached. Check your connection and try again.',
  upload_expired: () => 'The upload took too long, and its permission ran out. Try again.',
  upload_refused: () => 'The storage did not take the file. Try again.',
};

const holds: HoldWords = {
  assembly: () => 'its email is being made',
  late: () => 'its time passed hours ago while nothing ran; resume it to send it now, or cancel it',
  editor: () => 'an editor paused it',
  quota: ({ parkedUntil }) =>
    parkedUntil ? `the day’s quota is used up; sending goes on by ${parkedUntil} at the latest` : 'the day’s sending quota is used up',
  brake: () => 'too much went wrong, so it waits for you',
  fault: () => 'SES accepts no mail from this newsletter',
  restore: () => 'the table was restored, and no editor has released it yet',
  unreachable: ({ since }) => `SES has taken no mail${since ? ` since ${since}` : ''}; as soon as it does, sending goes on by itself`,
  cancel: () => 'sending is being stopped',
  canary: ({ canary }) => {
    if (!canary) return 'the first mails are being watched';
    if (canary.unjudged) return 'SES’s events about the first mails do not arrive; the rest is sent when they do, or when you resume';
    const some = counted(canary.readers, { one: 'one reader', other: `some ${n(canary.readers)} readers` });
    return canary.until
      ? `${some} have it, and their mailboxes’ answers are watched until ${canary.until} at the longest; then the rest follows`
      : `${some} get it first; when their mailboxes have answered, after one to ten minutes, the rest follows`;
  },
  'hold period': ({ stopUntil }) => (stopUntil ? `it can still be stopped until ${stopUntil}` : 'it waits for the hold period to pass'),
};

const skipReasons: Readonly<Record<SkipReason, string>> = {
  left: 'left before their turn',
  paused: 'taking a break',
  topic: 'chose other topics',
  failed: 'failed five times',
  provider: 'their provider refused mails',
  cancelled: 'sending was stopped',
};

const providers: ProviderNames = {
  qq: 'QQ Mail',
  netease: 'NetEase',
  sina: 'Sina',
  sohu: 'Sohu',
  aliyun: 'Alibaba Cloud',
  'china-mobile': 'China Mobile',
  'china-telecom': 'China Telecom',
  gmail: 'Gmail',
  outlook: 'Outlook, Hotmail',
  yahoo: 'Yahoo, AOL',
  'yahoo-japan': 'Yahoo Japan',
  icloud: 'iCloud',
  proton: 'Proton',
  fastmail: 'Fastmail',
  zoho: 'Zoho',
  gmx: 'GMX, Web.de',
  yandex: 'Yandex',
  mailru: 'Mail.ru',
  naver: 'Naver',
  daum: 'Daum, Kakao',
  other: 'All others',
};

const did: DidWords = {
  uploaded: 'uploaded it',
  replaced: 'replaced the text',
  queued: 'queued it',
  unqueued: 'took it out of the queue',
  scheduled: 'scheduled it',
  unscheduled: 'took the schedule back',
  sent_now: 'sent it at once',
  tested: 'sent a test',
  listed: 'listed it in the archive',
  unlisted: 'kept it out of the archive',
  topics: 'chose its topics',
  deleted: 'deleted it',
  overrode: 'sent it in spite of the findings',
  archived: 'put it into the archive without a mail',
  paused: 'paused it',
  resumed: 'resumed it',
  cancelled: 'stopped it for good',
  planned_again: 'sent it to readers who had not got it',
  mailed_again: 'sent it again to readers whose provider had blocked it',
  sent_to_postponed: 'sent it to postponed readers',
  reinstated_dead: 'reinstated readers whose mailboxes had been called dead',
  confirmed_dead: 'confirmed that mailboxes are dead',
  export_begun: 'asked for a file of all readers',
  export_fetched: 'downloaded the file of all readers',
  import_opened: 'looked at a list',
  import_started: 'started an import',
  import_stopped: 'stopped an import',
  import_report_fetched: 'downloaded the report of an import',
  import_asked: 'had unconfirmed readers asked',
};

const rowOutcomes: Readonly<Record<RowOutcome, string>> = {
  added: 'become readers',
  kept: 'are kept and not mailed: they never confirmed',
  left: 'are recorded as unsubscribed, so that no list brings them back',
  suppressed: 'are recorded as bounced or complained, and never mailed',
  erased: 'are recorded as erased',
  moved: 'are recorded as having another address now',
  known: 'say what is known already',
  stays_subscribed: 'stay readers: they signed up here, and the list is not newer',
  stays_unsubscribed: 'have left before and are not brought back',
  stays_suppressed: 'bounced or complained before and are not brought back',
  stays_erased: 'were erased and are not brought back',
  stays_moved: 'have another address now, under which they are readers',
  duplicate: 'have the same address as another row',
  refused: 'cannot be imported',
  asked: 'wait for your answer above',
  not_reached: 'were not imported: the import was stopped before them',
};

const rowFaults: Readonly<Record<RowFault, string>> = {
  empty: 'no address',
  malformed: 'not an email address',
  local_part_not_ascii: 'characters before the @ that no mail can be sent to',
  too_long_address: 'too long for an address',
  mistyped: 'looks mistyped',
  undecodable: 'characters that cannot be read: another encoding?',
  quote_open: 'a quotation mark that is never closed',
  too_long: 'a row of more than 64 KB',
  too_few_columns: 'the row ends before the address',
  not_json: 'not JSON',
  unknown_state: 'an unknown status',
  never_subscribed: 'never asked for a newsletter',
  another_list: 'a deletion record of another list',
  unknown_reader: 'neither an address nor a known id',
};

const delivered: Readonly<Record<Delivered, string>> = {
  complained: 'Reported as spam',
  bounced: 'Bounced',
  blocked: 'Blocked by the provider',
  delivered: 'Delivered',
  delayed: 'Delayed',
  sent: 'Submitted',
  submitted: 'Submitted',
  open: 'Not their turn yet',
  paused: 'Skipped: on a break',
  topic: 'Skipped: other topics',
  rejected: 'Rejected by SES',
  unknown: 'Unknown',
  left: 'Skipped: had left',
  failed: 'Skipped: failed five times',
  provider: 'Skipped: their provider refused mails',
  cancelled: 'Skipped: sending was stopped',
};

const consentEvents: Readonly<Record<ConsentEvent, string>> = {
  asked: 'Asked to subscribe',
  confirmed: 'Confirmed',
  left: 'Left',
  moved: 'Changed address',
  suppressed: 'Suppressed',
  restored: 'Back: a mail was delivered after all',
  reinstated: 'Reinstated',
  erased: 'Asked to be forgotten',
};

const consentWays: Readonly<Record<ConsentWay, string>> = {
  editor: 'by an editor',
  'one-click': 'by the mail program’s button',
  api: 'by the API',
  feedback: 'by what SES reported',
  form: 'by a form on another site',
};

/** The editors’ desk. */
export const desk = {
  findings,
  failureReasons,
  refusals,

  // The frame of every page
  desk: 'Editors’ desk',
  skip: 'Skip to the content',
  issues: 'Issues',
  digests: 'Digests',
  allReaders: 'Readers',
  listsNav: 'Import & export',
  growthNav: 'Growth',
  keysNav: 'API keys',
  signIn: 'Sign in',
  signOut: 'Sign out',
  signInInvitation: 'Upload the file you already have, see how readers will get it, and queue it for the next digest.',
  signInFailed: 'Signing in did not work:',
  signInExpired: 'Your session has ended. Sign in again to go on.',
  loading: 'Loading…',
  dismiss: 'Back',
  stopUpload: 'Stop the upload',
  problem: 'That did not work:',
  comma: ', ',
  nextSentence: '. ',
  you: 'You',

  // Issues
  back: 'All issues',
  nextDigest: 'Next digest',
  goesOut: (when: string) => `goes out ${when}`,
  afterThat: 'After that: ',
  movedTo: (title: string, place: number) => `“${title}” is at place ${place}.`,
  moveUp: (title: string) => `Move up: ${title}`,
  moveDown: (title: string) => `Move down: ${title}`,
  previewNext: 'Preview the whole mail',
  noteTitle: 'Opening note',
  noteHint: 'What the next digest says before its issues, in Markdown. It is used once.',
  noteSave: 'Save the note',
  noteSaved: 'The note is saved. The next digest begins with it.',
  noteGone: 'The next digest has no note.',
  nothingQueued: 'Nothing is queued. Without an issue, this digest is skipped.',
  queuedFor: (count: number) => counted(count, { one: 'It carries one issue:', other: `It carries ${n(count)} issues:` }),
  noIssues: 'There is no issue yet. Upload a file to make the first one.',
  allIssues: 'All',
  showOnly: 'Show only',
  older: 'Older issues',
  number: (number: number) => `No. ${number}`,
  state: stateNames as Record<keyof typeof stateNames, string>,
  unlistedState: 'Unlisted',
  readers: (count: number) => `about ${counted(count, { one: 'one reader', other: `${n(count)} readers` })}`,

  // Uploading a file
  dropTitle: 'Upload an issue',
  dropHint: 'Drop a file here, or',
  chooseFile: 'choose files',
  dropKinds:
    'HTML, Markdown, Word (.docx), a mail (.eml), plain text, JSON or a feed of one item, as you have it; its pictures beside it, or both in a ZIP.',
  uploading: (name: string, pictures: number) => `Uploading ${name}${pictures > 0 ? ` and ${pictureCount(pictures)}` : ''}`,
  reading: 'Reading the file…',
  uploaded: (title: string) => `“${title}” is here, as a draft.`,
  uploadedQueued: (title: string) => `“${title}” is here. As its file asks, it is queued for the next digest.`,
  uploadedScheduled: (title: string, when: string) => `“${title}” is here. As its file asks, it goes out on its own: ${when}.`,
  uploadedBefore: (title: string) => `The same file is here already, as “${title}”.`,
  replaced: (title: string) => `“${title}” has the new text.`,
  readAs: ({ encoding }: { encoding: string }) => `Read as ${encoding}`,
  keepBoth: 'Keep both',
  replaceInstead: 'Replace that issue',
  lookAtIt: 'Look at it',
  noIssueInFiles: 'These are pictures only. Add the file with the text.',
  severalIssues: (names: readonly string[]) =>
    `Upload one issue at a time. Each of these could be one: ${listed('en', names.slice(0, 5))}.`,

  // An issue's status
  toReaders: (count: number | undefined) => (count === undefined ? 'all confirmed readers' : `all confirmed readers (about ${n(count)})`),
  draftStatus: (to: string) => `Only editors see this issue. Once it is queued, it goes with the next digest to ${to}:`,
  queuedStatus: (others: number, to: string) =>
    `This issue goes out with the next digest to ${to}${others === 0 ? '' : `, together with ${counted(others, { one: 'one other issue', other: `${n(others)} other issues` })}`}. Until then you can take it out of the queue.`,
  scheduledStatus: (to: string) => `This issue goes out on its own, to ${to}. Until then you can take the schedule back.`,
  askedByFile: 'Its file asked for this.',
  sendingStatus: 'This issue is going out now.',
  sentStatus: 'This issue went out and is in the archive.',
  archivedStatus: 'This issue went out elsewhere, so nobody here was mailed. It is in the archive.',
  sentUnlistedStatus: 'This issue went out. The archive does not list it; its address still works.',
  reachedNobodyState: 'Reached nobody',
  reachedNobodyStatus: 'SES took no mail of this issue, so no reader has got it and the archive does not show it.',
  digestOf: 'See its digest',

  // What can be done with an issue
  queue: 'Queue for the next digest',
  unqueue: 'Take out of the queue',
  queued: 'Queued for the next digest.',
  unqueued: 'Out of the queue; a draft again.',
  schedule: 'Schedule…',
  reschedule: 'Change the time…',
  unschedule: 'Take the schedule back',
  scheduled: (when: string) => `Scheduled: ${when}.`,
  unscheduled: 'No longer scheduled; a draft again.',
  sendNow: 'Send now…',
  test: 'Send a test…',
  list: 'List in the archive',
  unlist: 'Keep out of the archive',
  listed: 'The archive lists it.',
  unlisted: 'The archive no longer lists it. Its address works for people who know it.',
  topics: 'Topics…',
  topicsTitle: 'Which readers is this for?',
  topicsExplained: 'It goes to readers who chose one of these topics, and to those who chose none. Tick nothing to send it to everybody.',
  topicsConfirm: 'Save the topics',
  topicsSaved: (names: readonly string[]) => (names.length > 0 ? `For readers of ${listed('en', names)}.` : 'For everybody.'),
  forTopics: (names: readonly string[]) => `Only for readers of ${listed('en', names)}, and for those who chose no topics.`,
  replaceFile: 'Replace the file…',
  replaceTitle: 'Replace the text',
  replaceExplained: {
    draft: 'The new file replaces the old one, under the same address.',
    queued: 'The new file replaces the old one. The issue stays queued.',
    scheduled: 'The new file replaces the old one. The issue stays scheduled.',
    sending: '',
    sent: 'The archive shows the new text. Mails that went out stay as they are.',
  },
  remove: 'Delete…',
  removeTitle: 'Delete this issue?',
  removeExplained: (title: string) => `“${title}” is deleted with its text. Nobody has been mailed it.`,
  removeSentExplained: (title: string) =>
    `“${title}” leaves the archive: its address will answer that it was deleted. Mails that went out stay as they are.`,
  removeConfirm: 'Delete',
  removed: 'Deleted.',

  // Questions before an issue is sent
  sendNowTitle: 'Send this issue now?',
  sendNowExplained: (title: string, to: string) =>
    `“${title}” goes at once to ${to}, as a digest of its own. It will not be in the next digest, and it cannot be sent a second time, unless you cancel it before anybody gets it.`,
  sendNowConfirm: 'Send to all readers',
  sendingNow: 'The issue is being sent. The delivery report fills up as mails go out.',
  scheduleTitle: 'Choose when to send it',
  scheduleExplained: (title: string, to: string) => `“${title}” goes to ${to} on its own. It will not be in the next digest.`,
  scheduleAt: 'Date and time',
  scheduleZone: (zone: string) => `In the newsletter’s time zone: ${zone}`,
  scheduleConfirm: 'Schedule',
  momentMissing: 'Choose a date and a time.',
  momentPast: 'This time has passed. Choose a later one.',
  onYourClock: (time: string) => `${time} in your time zone`,
  testTitle: 'Send a test',
  testExplained:
    'The test mail is made exactly as the digest’s mails are. Its subject says that it is a test, and its links belong to no reader.',
  testTo: 'To',
  testToHint: 'Up to five addresses: your own, or those of the newsletter’s test readers. Leave it empty to mail yourself.',
  testToYourself: 'yourself',
  testConfirm: 'Send the test',
  tested: (to: readonly string[]) => `Test sent to ${listed('en', to)}.`,
  notAnAddress: (text: string) => `“${text}” is not an email address.`,
  tooManyAddresses: 'Enter five addresses at most.',
  overrideTitle: 'Queue it despite the findings?',
  queueExplained: (title: string, when: string, to: string) => `“${title}” then goes out on ${when} to ${to}.`,
  queueAnyway: 'Queue anyway',
  blocked: 'Better correct this first:',
  overrideReason: 'Why send it anyway?',
  overrideHint: 'The delivery report repeats your reason and your name.',
  overrideMissing: 'Give a reason of at least three characters.',

  // Two editors at once
  conflictTitle: 'Somebody else has changed this issue',
  conflictSince: 'Since you opened it:',
  conflictUnknown: 'What you see is out of date.',
  titleIsNow: (title: string) => `Its title is now “${title}”.`,
  lookFirst: 'Show the current version',
  goOn: 'Apply my change anyway',
  history: 'History',
  mails: (count: number) => counted(count, { one: 'one mail', other: `${n(count)} mails` }),
  did,

  // What was found and recognised in an issue
  findingsTitle: 'Findings',
  errorsTitle: 'To correct before queueing',
  warningsTitle: 'Worth checking',
  findingsHere: (count: number) => counted(count, { one: 'one note', other: `${n(count)} notes` }),
  place: (place: Place) =>
    'part' in place
      ? { title: 'Title', intro: 'Introduction', closing: 'Closing' }[place.part]
      : `Section ${place.section + 1}${place.item === undefined ? '' : `, item ${place.item + 1}`}`,
  line: (line: number) => `line ${line}`,
  forMail: 'What the file says about its mail',
  mailSubject: 'Subject',
  mailPreheader: 'Beside the subject',
  mailAuthors: 'By',
  mailReplyTo: 'Replies go to',
  mailCanonical: 'First published at',
  understood: 'Recognised structure',
  sections: (count: number) => counted(count, { one: 'one section', other: `${n(count)} sections` }),
  items: (count: number) => counted(count, { one: 'one item', other: `${n(count)} items` }),
  images: (count: number) => pictureCount(count),
  blocks: (count: number) => counted(count, { one: 'one block', other: `${n(count)} blocks` }),
  introduction: 'Introduction',
  closing: 'Closing',
  untitledSection: 'Section without a title',
  kind: {
    paragraph: '',
    heading: 'heading',
    list: 'list',
    quote: 'quote',
    table: 'table',
    code: 'code',
    image: 'picture',
    rule: 'rule',
    footnotes: 'footnotes',
  },
  pictures: 'Pictures',
  picturesHint:
    'The newsletter keeps a copy of each picture, so that old mails keep them. A picture that cannot be kept stays at its address.',
  pictureState: { kept: 'Kept', pending: 'Being fetched', failed: 'Failed', remote: 'Elsewhere' },
  noDescription: 'no description',

  // The email as readers get it
  preview: 'Email preview',
  desktop: 'Desktop',
  phone: 'Phone',
  textPart: 'Text part',
  previewFrame: 'The email',
  size: (bytes: string, limit: string, percent: number) => `${bytes} of ${limit} bytes, ${percent}% of what mail programs show`,
  downloadEml: 'Download .eml',
  elsewherePictures: (count: number) =>
    `${counted(count, { one: 'One picture is not kept yet and is', other: `${n(count)} pictures are not kept yet and are` })} not shown here: this page loads nothing from other servers.`,

  // Digests
  backToDigests: 'All digests',
  olderDigests: 'Older digests',
  noDigests: 'There is no digest yet. The first one appears at the time of the schedule, or when an issue is sent now.',
  digestState: digestStates as Record<keyof typeof digestStates, string>,
  digestTitle: (date: string) => `Digest of ${date}`,
  singleDigest: 'A single issue',
  scheduledFor: 'Scheduled for',
  hold: holds,
  pause: 'Pause',
  resume: 'Resume',
  paused: 'Paused. Mails that SES has taken still arrive.',
  resumed: 'Sending goes on.',
  cancelDigest: 'Stop sending…',
  cancelTitle: 'Stop sending this digest for good?',
  cancelExplained: 'Readers who have been mailed keep the mail. All others get nothing, and the digest cannot be started again.',
  cancelConfirm: 'Stop for good',
  keepSending: 'Keep sending',
  cancelled: 'Stopped for good.',
  overrides: 'Sent in spite of findings',

  // A digest's delivery report
  report: 'Delivery report',
  live: 'live',
  audience: 'Audience',
  submitted: 'Submitted',
  submittedHint: 'SES took the mail',
  skipped: 'Skipped',
  rejected: 'Rejected',
  rejectedHint: 'SES refused this reader’s mail',
  unknown: 'Unknown',
  unknownHint: 'no answer from SES yet',
  open: 'Open',
  openHint: 'not their turn yet',
  openPostponed: (waiting: string) => `${waiting} of them postponed`,
  delivered: 'Delivered',
  bounced: 'Bounced',
  blockedMails: 'Blocked',
  complained: 'Complained',
  delayed: 'Delayed',
  resent: 'Sent again',
  duplicated: 'Duplicated',
  remailed: 'Mailed again after a block',
  postponedTitle: (provider: string) => `Readers at ${provider} are postponed.`,
  postponedBecause: (refused: string, submittedMails: string) => `Their provider refused ${refused} of ${submittedMails} mails for policy.`,
  postponedSoFar: (waiting: string) => `${waiting} of them wait so far; all other readers are mailed as usual.`,
  postponedWaiting: (waiting: string) => `${waiting} of them wait for your decision.`,
  postponedHint:
    'Their addresses are fine. Check that SPF, DKIM and DMARC are in order and where the issue’s links lead. Then send to these readers. After a day, or when the next digest is made, they are skipped; “Plan again” reaches them even then.',
  postponedInShort: (waiting: number, provider: string) =>
    `${counted(waiting, { one: 'one reader', other: `${n(waiting)} readers` })} at ${provider} postponed`,
  sendToPostponed: 'Send to them now',
  incidentTitle: (provider: string) => `Many mailboxes at ${provider} are said to be dead.`,
  incidentBecause: (bounced: string, submittedMails: string) =>
    `${bounced} of ${submittedMails} mails to them came back, far more than usual.`,
  incidentHint:
    'These readers get no mail now. If the provider was at fault, reinstate them all. Without a decision, the next digest tries five of them.',
  incidentTried: 'This digest or a later one is trying five of them; the answer decides about all.',
  reinstateDead: 'Reinstate all',
  confirmDead: 'They are dead',
  reinstatingDead: (provider: string) => `Readers at ${provider} are being reinstated.`,
  confirmingDead: (provider: string) => `The readers at ${provider} stay suppressed.`,
  goingToPostponed: (provider: string) => `Readers at ${provider} are mailed now.`,
  feedback: 'Feedback from mailboxes',
  reason: skipReasons,
  noReport: 'The report appears when the audience is fixed.',
  doesNotAddUp: 'These numbers do not add up. An alarm has been raised; the newsletter’s administrator should look.',
  byProvider: 'By mailbox provider',
  provider: providers,
  howItWent: 'How the sending went',
  firstClaim: 'First batch begun',
  firstAcceptance: 'First mail accepted',
  lastAcceptance: 'Last mail accepted',
  done: 'Done',
  rate: 'Speed',
  achieved: (achieved: string, granted: string) => `${achieved} mails a second of ${granted} granted`,
  grantedOnly: (granted: string) => `${granted} mails a second granted; too few mails to measure the speed`,
  sendingFor: (seconds: string) => `${seconds} s of sending`,
  throttled: (times: string) => `throttled ${times} times`,
  cost: 'Cost',
  costHint: (region: string, asOf: string) =>
    `AWS’s list prices in ${region} as of ${asOf}, for planning and sending, without free tiers and taxes. An estimate, not the bill.`,
  service: {
    ses: 'SES, mails',
    dynamodb: 'DynamoDB, the ledger',
    sqs: 'SQS, messages',
    sns: 'SNS, events',
    lambda: 'Lambda, running time',
  },
  calls: (count: string) => `${count} calls`,
  total: 'In all',
  planAgain: 'Plan again…',
  planAgainReach: (count: number) =>
    `“Plan again” would reach ${counted(count, { one: 'one reader', other: `${n(count)} readers` })} whose mail SES has not taken, as far as is known.`,
  planAgainTitle: (count: number) =>
    `Send to ${counted(count, { one: 'the one reader who has not got it', other: `the ${n(count)} readers who have not got it` })}?`,
  planAgainExplained: (unknown: number) =>
    `Their mails failed, SES rejected them, or it never said whether it took them. Nobody is mailed of whom SES has any record.${
      unknown === 0
        ? ''
        : ` SES never answered for ${counted(unknown, { one: 'one of them', other: `${n(unknown)} of them` })}: readers who did get the mail get it twice, and the report counts them.`
    }`,
  planAgainConfirm: 'Send',
  mailAgain: 'Mail again…',
  mailAgainReach: (count: number) =>
    `“Mail again” would reach ${counted(count, { one: 'one reader', other: `${n(count)} readers` })} whose provider blocked the mail.`,
  mailAgainTitle: (count: number) =>
    `Mail ${counted(count, { one: 'the one reader', other: `the ${n(count)} readers` })} again whose provider blocked the mail?`,
  mailAgainExplained:
    'First remove the cause: check SPF, DKIM and DMARC, and the links in the issue. Nobody is mailed whose mail arrived, bounced for another reason or was reported as spam. The report counts these mails apart.',
  mailAgainConfirm: 'Mail again',
  goingAgain: 'These readers are planned again, and their mails go out within minutes.',

  // Importing a list
  lists: 'Import and export',
  backToLists: 'Import and export',
  importTitle: 'Import a list of readers',
  importHint:
    'Choose what Mailchimp, Substack, Ghost, Kit, Brevo or another tool exports, as a file or a ZIP, an Excel workbook, or any table or text with addresses.',
  importLimits:
    'CSV, TSV, text or JSON Lines of up to 250 MB and two million rows; Excel (.xlsx) and ZIP of up to 64 MB unpacked. Nothing is written before you have seen the preview.',
  chooseList: 'Choose a file',
  sendingList: (name: string) => `Uploading ${name}…`,
  lookingAt: 'The file is being checked. Nothing is written yet.',
  noImports: 'No list has been imported yet.',
  imports: 'Imports',
  importState: importStates as Record<keyof typeof importStates, string>,
  importedBy: (by: string, when: string) => `${by}, ${when}`,
  unnamedList: 'A list without a name',
  recognised: 'What was recognised',
  readOtherwise: 'Is something wrong?',
  readingHint: 'Correct it here. The file is checked again, and still nothing is written.',
  format: 'Comes from',
  listFormat: {
    periodical: 'an export of this newsletter',
    mailchimp: 'Mailchimp',
    substack: 'Substack',
    ghost: 'Ghost',
    buttondown: 'Buttondown',
    listmonk: 'listmonk',
    beehiiv: 'beehiiv',
    kit: 'Kit',
    mailerlite: 'MailerLite',
    brevo: 'Brevo',
    activecampaign: 'ActiveCampaign',
    systemeio: 'systeme.io',
    'campaign-monitor': 'Campaign Monitor',
    mailman: 'Mailman',
    phplist: 'phpList',
    keila: 'Keila',
    jetpack: 'Jetpack',
    curated: 'Curated',
    'tencent-survey': 'Tencent Survey',
    jinshuju: 'Jinshuju',
    'google-contacts': 'Google Contacts',
    plain: 'a plain table',
  } satisfies Record<ListReading['format'], string>,
  encoding: 'Encoding',
  delimiter: 'Delimiter',
  delimiterName: { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'vertical bar' } satisfies Record<ListReading['delimiter'], string>,
  hasNames: 'The first row holds the names of the columns',
  status: 'People without a status are',
  statusName: {
    subscribed: 'subscribed',
    unconfirmed: 'not confirmed',
    unsubscribed: 'unsubscribed',
    bounced: 'bounced',
    complained: 'people who complained',
    nonsubscribed: 'contacts who never subscribed',
  } satisfies Record<NonNullable<ListReading['status']>, string>,
  role: {
    address: 'Column of the address',
    date: 'Column of the consent date',
    dateElse: 'Where that is empty: another date',
    language: 'Column of the language',
    topics: 'Column of topics',
    tags: 'Column of tags',
  } satisfies Record<keyof ListReading['columns'], string>,
  noColumn: 'none',
  firstRows: 'The first rows',
  notTaken: (columns: readonly string[], more: number) =>
    `Not imported: ${listed('en', [...columns, ...(more > 0 ? [`${n(more)} more`] : [])])}. Names and notes are not used here.`,
  topicsChosen: (topics: string) => `Topics that rows choose: ${topics}.`,
  topicsUnknown: (words: string) =>
    `In the file, but not topics of this newsletter: ${words}. They are left out unless you say below which topic they mean. Readers who choose no topic get everything.`,
  readSo: 'Check again',
  wouldHappen: 'Import preview',
  happened: 'Import result',
  rows: (count: number) => counted(count, { one: 'one row', other: `${n(count)} rows` }),
  outcome: rowOutcomes,
  rowFault: rowFaults,
  samples: 'Show the first ones',
  sampleRow: 'Row',
  sampleAddress: 'Address',
  sampleWhy: 'Why',
  sampleBecause: (column: string, cell: string) => `“${cell}” in “${column}”`,
  sampleMeant: (address: string) => `probably ${address}`,
  undated: (count: number) =>
    counted(count, { one: 'One of them has no date of consent.', other: `${n(count)} of them have no date of consent.` }),
  byName: (word: string) => `Its name says “${word}”`,
  notGiven: 'not said yet',
  listsInFile: 'Lists in this file',
  listLeftOut: 'left out: it holds events, not people',
  useList: 'Import this list too',
  asksTitle: 'Before this can start',
  asksHint:
    'The file does not say everything. Nobody becomes a reader before you have said what it means. Your answers are kept with the import.',
  askStatus: (rows: string) => `The file does not say whether these people want mail (${rows}). They are`,
  askStatusHint: 'If a column says it, leave this and say so under “Is something wrong?” below.',
  askWord: (word: string, column: string, rows: string) => `“${word}” in the column “${column}” (${rows}) means`,
  askDates: (column: string) => `In the column “${column}”, 3/4/2024 means`,
  dateOrder: { day: '3 April 2024', month: '4 March 2024', unknown: 'no date: leave these dates out' },
  chooseOne: 'Please choose',
  chooseMissing: 'Choose an answer.',
  answered: 'Check again with these answers',
  wordMeans: {
    subscribed: 'wants mail',
    unconfirmed: 'not confirmed',
    unsubscribed: 'unsubscribed',
    bounced: 'bounced',
    complained: 'complained',
    nonsubscribed: 'never subscribed',
    nothing: 'nothing about mail',
  },
  columnsSay: 'What a column says about mail',
  columnSays: {
    nothing: 'nothing',
    words: 'the status, in words',
    agrees: 'yes: wants mail; no: unsubscribed',
    confirms: 'yes: confirmed; no: not confirmed',
    leaves: 'yes, or filled: unsubscribed; no: wants mail',
    bounces: 'yes, or filled: bounced',
    complains: 'yes, or filled: complained',
    asRecognised: 'as it was recognised',
  },
  takeMistyped: 'Import addresses that look mistyped as they are',
  topicFor: (word: string) => `“${word}” means the topic`,
  noTopic: 'none',
  nothingToTake: 'There is nothing in this file to import.',
  startTitle: 'Start the import',
  origin: 'Where and how did these people sign up?',
  originHint: 'Kept as evidence of their consent, with your name and the time. For example: “the form of our old Substack, 2021 to 2026”.',
  originMissing: 'Say where and how they signed up.',
  agreeMissing: 'Without this nobody is imported.',
  start: (count: number) => `Import ${counted(count, { one: 'one row', other: `${n(count)} rows` })}`,
  started: 'The import has started.',
  importProgress: (done: string, all: string) => `${done} of ${all} rows`,
  importLeft: (seconds: number) => {
    const minutes = Math.round(seconds / 60);
    return seconds < 60 ? 'less than a minute left' : `about ${counted(minutes, { one: 'one minute', other: `${minutes} minutes` })} left`;
  },
  importLeave: 'You may close this page; the import goes on.',
  stopImport: 'Stop the import…',
  stopImportTitle: 'Stop this import?',
  stopImportText:
    'People who are imported already stay. The others are not imported, and the report names them. Up to a thousand rows may still be imported. A stopped import cannot be continued, but the same file can be imported again.',
  stopImportYes: 'Stop the import',
  stopImportNo: 'Keep importing',
  importStopping: (by: string) => `${by} is stopping this import. The rest of the file is read for the report only.`,
  importStopped: (by: string, when: string) =>
    `${by} stopped this import, ${when}. Who was imported before that stays. The report names the others.`,
  importReport: 'Download the report',
  reportHint: 'One line for every row that was not imported as it says, and why. Kept for a week.',
  declared: (by: string, when: string) => `Declared by ${by}, ${when}:`,
  askTitle: 'People who never confirmed',
  askable: (count: number, perDay: string) =>
    `${counted(count, { one: 'One of the kept addresses', other: `${n(count)} of the kept addresses` })} asked for the newsletter less than 24 months ago and never confirmed. They may be asked once, by one mail each, at most ${perDay} a day. The mailing stops by itself when too many bounce or complain.`,
  noneAskable: 'None of them may be asked: they signed up more than 24 months ago, or the file does not say when.',
  ask: (count: number) => `Ask ${n(count)} once…`,
  askQuestion: (count: number) =>
    counted(count, { one: 'Send one mail to this address?', other: `Send one mail to each of ${n(count)} addresses?` }),
  askExplained: 'People who do not answer are not asked again and get nothing.',
  askConfirm: 'Ask them',
  asking: (asked: string, all: string, by: string) => `Being asked, as ${by} decided: ${asked} of ${all} so far.`,
  askDone: (all: string) => `All ${all} were asked. People who confirm become readers.`,
  askStopped: (asked: string) => `Stopped after ${asked}: too many of them bounced or complained.`,

  // Exporting all readers
  exportTitle: 'Export all readers',
  exportHint:
    'All readers, whatever their status, in one file that can be imported again without loss. For suppressed and erased readers it holds no address, only a record that keeps them from being mailed again.',
  exportFormat: 'Format',
  exportFormats: { csv: 'CSV, for a spreadsheet', jsonl: 'JSON Lines, for a program' },
  exportBom: 'with a byte order mark, which Excel needs',
  export: 'Make the file',
  exporting: (count: number) => `Making the file: ${counted(count, { one: 'one reader', other: `${n(count)} readers` })} so far`,
  exported: (count: number) => `The file is ready: ${counted(count, { one: 'one reader', other: `${n(count)} readers` })}.`,
  download: 'Download',
  exportKept: 'The link works for five minutes; the file is kept for a week.',

  // API keys
  // A restored table
  restore: {
    title: 'This newsletter was restored, and sends nothing',
    asOf: (moment: string) => `Its data is as of ${moment}. Nobody is mailed until an editor releases it.`,
    comparing: 'Who has gone since is still being looked up. “periodical restore” goes on with it.',
    counts: {
      left: 'unsubscribed',
      complained: 'complained',
      suppressed: 'mailbox given up',
      moved: 'changed their address',
      erased: 'erased',
    } satisfies Record<DepartureKind, string>,
    gone: (counts: string, until: string) => `Since then, and until ${until}: ${counts}. They are so again.`,
    nobody: (until: string) => `Since then, and until ${until}, nobody has gone.`,
    sources: {
      table: 'Found in the table that was lost.',
      'final-backup': 'Found in AWS’s last backup of the table that was lost.',
      'nightly-copy': 'Found in the nightly copy. Nobody knows who has gone after it was made.',
    } satisfies Record<Comparison['source'], string>,
    missing: (count: number) => `${count} of them are not so here yet. “periodical restore” has to be run again before you can release it.`,
    newcomers: (count: number) => `${count} who confirmed since then are not on the list.`,
    release: 'Release…',
    releaseTitle: 'Let the newsletter send again?',
    releaseText:
      'Digests that are open are paused, and what is queued or scheduled becomes a draft, because it may have gone out before the table was lost. Look at each before you send it.',
    releaseYes: 'Release it',
    released: 'Released. Digests that were open are paused, and what was queued or scheduled is a draft.',
  },

  apiKeys: {
    intro: 'With an API key a program writes issues, sends them or reads reports. Its acts stand in the history under the name of the key.',
    make: 'Make an API key',
    name: 'Name',
    nameHint: 'As the history will call it, such as “Git push”.',
    nameMissing: 'Give it a name.',
    scopes: 'It may',
    scopeMissing: 'Choose at least one thing that it may do.',
    scopeNames,
    expiry: 'It works for',
    expiries: { 90: '90 days', 365: 'a year', never: 'as long as nobody revokes it' },
    submit: 'Make the key',
    made: 'Copy this key now. It is shown this once.',
    copy: 'Copy',
    copied: 'Copied.',
    list: 'All API keys',
    none: 'There is no API key yet.',
    madeBy: (who: string, when: string) => `made by ${who}, ${when}`,
    usedAt: (when: string) => `last used about ${when}`,
    unused: 'never used',
    until: (when: string) => `until ${when}`,
    revokedBy: (who: string, when: string) => `revoked by ${who}, ${when}`,
    state: { active: 'works', expired: 'expired', revoked: 'revoked' },
    revoke: 'Revoke…',
    revokeTitle: (name: string) => `Revoke “${name}”?`,
    revokeText: 'Programs with this key are refused from now on. This cannot be undone.',
    revokeYes: 'Revoke it',
    revoked: 'Revoked.',
  },

  // One reader
  readerSearch: {
    intro: 'Search for one reader by the exact address. Every search is recorded under your name.',
    address: 'Address',
    submit: 'Search',
  },
  reader: {
    state: {
      pending: 'Not confirmed',
      confirmed: 'Subscribed',
      unsubscribed: 'Unsubscribed',
      suppressed: 'Suppressed',
      erased: 'Erased',
      moved: 'Uses another address now',
    } satisfies Record<ReaderState, string>,
    why: { bounce: 'the mailbox did not work', complaint: 'reported as spam' },
    mayReturn: 'Reinstated: this reader may sign up again, and gets nothing before.',
    noAddress: 'The address is no longer kept.',
    since: {
      signedUpAt: 'Signed up',
      confirmedAt: 'Confirmed',
      leftAt: 'Left',
      suppressedAt: 'Suppressed',
      erasedAt: 'Erased',
      reinstatedAt: 'Reinstated',
      movedAt: 'Changed address',
    },
    language: 'Language',
    topics: 'Topics',
    deliveries: 'Latest digests',
    noDeliveries: 'None of the latest digests went to this reader.',
    outcome: delivered,
    events: 'Feedback from the mailbox',
    noEvents: 'No bounce and no complaint.',
    said: {
      dead: 'The mailbox does not exist any more',
      unexplained: 'Refused for good, without a reason',
      blocked: 'Blocked: policy, rate or content',
      soft: 'Not now: full or not reachable',
      complaint: 'Reported as spam',
      'not-spam': 'Taken out of the spam folder',
    },
    consent: 'Consent',
    noConsent: 'There is no record.',
    event: consentEvents,
    page: consentWays,
    onPage: (path: string) => `on the page ${path}`,
    cameOnList: 'Came with an imported list.',
    itsList: 'Show the list',
    byImport: (id: string) => `by the import ${id}`,
    wording: (version: string) => `wording ${version}`,
    accesses: 'Access log',
    act: {
      'looked up': 'searched',
      unsubscribed: 'unsubscribed the reader',
      erased: 'erased the reader',
      reinstated: 'reinstated the reader',
    },
    unsubscribe: 'Unsubscribe…',
    unsubscribeTitle: 'Unsubscribe this reader?',
    unsubscribeText: 'The next digest does not go to this reader, who can sign up again at any time.',
    unsubscribeConfirm: 'Unsubscribe',
    unsubscribed: 'Unsubscribed.',
    erase: 'Erase…',
    eraseTitle: 'Erase this reader?',
    eraseText:
      'The address and the choices are deleted at once and cannot be brought back. An id is kept, so that no import brings the reader back, and for three years the evidence of consent.',
    eraseConfirm: 'Erase for good',
    erased: 'Erased.',
    reinstate: 'Reinstate…',
    reinstateTitle: 'Reinstate this reader?',
    reinstateText: {
      bounce: 'The reader will be mailed again. Do this when you know that the mailbox works.',
      complaint: 'The reader will be mailed again, although they reported a mail as spam. Do this only at their own wish.',
    },
    reason: 'Reason',
    reasonHint: 'Kept with the evidence of consent, under your name.',
    reinstateConfirm: 'Reinstate',
    reinstated: 'Reinstated: subscribed again.',
    reinstatedOnly: 'Reinstated. There is no consent on record, so the reader may sign up, and gets nothing before.',
    accountList:
      'SES has put this address on the suppression list of your AWS account and drops mail to it. The account’s administrator removes it by this command:',
    globalList:
      'SES has this address on its own suppression list and drops mail to it. Nobody can edit that list; the entry ends by itself after some days.',
  },

  // Growth
  growth: {
    title: 'Growth',
    growthAsOf: (when: string) => `As of ${when}`,
    countAgain: 'Count again',
    counting: 'Counting…',
    counted: 'Counted again.',
    countingLate: 'Counting takes longer than usual. These are the latest numbers.',
    neverCounted: 'Counting for the first time…',
    growthSpan: 'Time range',
    growthSpans: { 12: '3 months', 26: '6 months', 52: '1 year', 157: '3 years' } satisfies Record<ChartSpan, string>,
    readersNow: (count: number) => counted(count, { one: 'reader', other: 'readers' }),
    grown: (change: string) => `${change} in the last four weeks`,
    notGrown: 'as many as four weeks ago',
    /** Sign-ups in the waiting line. */
    inLine: (count: number, left: number) =>
      `${counted(count, { one: 'One sign-up waits', other: `${n(count)} sign-ups wait` })} for the confirmation mail, since many came at once. The last one goes out within ${wait(left)}.`,
    behindLine: (networks: number) =>
      `${counted(networks, { one: 'One network behaves like bots', other: `${n(networks)} networks behave like bots` })}: nobody confirms its mails, so the rest of them wait behind everybody.`,
    paused: 'taking a break',
    status: {
      pending: 'waiting to confirm',
      unconfirmed: 'imported, never confirmed',
      unsubscribed: 'left',
      bounced: 'bounced',
      complained: 'complained',
      erased: 'erased',
    },
    noStatistics: 'There are no readers yet. They come by the sign-up page, or with an imported list.',
    toSignUpPage: 'Open the sign-up page',
    toLists: 'Import a list',
    readersByWeek: 'Readers by week',
    growthSummary: (weeks: number, from: string, to: string) => `Readers at the end of each of ${weeks} weeks: from ${from} to ${to}.`,
    growthHint: 'The line: readers at the end of each week. The bars: above, readers gained in the week; below, readers lost.',
    chosenWeek: 'Week',
    weekSoFar: (days: string) => `${days} (so far)`,
    weekOf: 'Week',
    atEnd: 'Readers',
    movement: {
      signedUp: 'Signed up',
      confirmed: 'Confirmed',
      imported: 'Imported',
      back: 'Brought back',
      left: 'Left',
      leftThemselves: 'Left by themselves',
      leftByEditor: 'Unsubscribed by an editor',
      leftByList: 'Unsubscribed by a list',
      erased: 'Erased',
      bounced: 'Bounced',
      complained: 'Complained',
      joined: 'Two addresses became one',
    },
    torn: 'A torn bar is longer than shown.',
    downloadCsv: 'Download as CSV',
    weekByWeek: 'Week by week',
    weekByWeekHint:
      'Weeks run from Monday to Sunday in the newsletter’s time zone. Each row adds up: readers of the week before, plus gained, minus lost. A week can change for three more weeks, while bounces and reasons still come in.',
    sources: 'Where readers signed up',
    sourcesHint: 'Those who confirmed in these weeks, by the name that each form gives itself.',
    otherSources: 'All others with a name',
    noSource: 'Sign-up page, or without a name',
    toFormCode: 'Put the form on your own site',
    whyTheyLeft: 'Why readers leave',
    howTheyWent: 'How they left',
    nobodyLeft: 'Nobody has left in these weeks.',
    whatTheySaid: 'Reasons that they gave',
    leavingReason: {
      too_many: 'Too many emails',
      not_for_me: 'Not what they were looking for',
      never_asked: 'Say they never signed up',
      elsewhere: 'Read it elsewhere',
      other: 'Something else',
      silent: 'Gave no reason',
    },
    digestStatistics: 'Digest by digest',
    digestStatisticsHint:
      'Counted from the ledger and the feedback from mailboxes. “Left after” are readers who unsubscribed within a week of a digest and before the next one. Opens and clicks are not collected.',
    digestColumn: 'Digest',
    leftAfter: 'Left after',
    noDigestStatistics: 'No digest has gone out yet.',
  },
};
