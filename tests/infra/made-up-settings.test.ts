import fc from 'fast-check';
import { expect, test } from 'vitest';
import { madeUpSettings } from '../../infra/made-up-settings.ts';
import { loadSettings } from '../../infra/settings.ts';
import { stackWith, synthesized } from '../support/synthesized.ts';

const app = await synthesized();
const shipped = loadSettings();
const own = {
  ...shipped,
  publicHost: 'brief.hafenblatt.de',
  certificateArn: 'arn:aws:acm:us-east-1:318274659020:certificate/5d1c3a52-9f0e-4c57-8a53-0b7a3f1c2d4e',
  sender: { name: 'Hafenblatt', address: 'blatt@brief.hafenblatt.de' },
  confirmationSender: { name: 'Hafenblatt', address: 'hallo@anmeldung.hafenblatt.de' },
  replyTo: 'redaktion@hafenblatt.de',
  legalName: 'Hafenblatt Verlag GmbH',
  postalAddress: 'Am Kai 1, 20457 Hamburg',
  contact: 'redaktion@hafenblatt.de',
  privacyNotice: 'https://www.hafenblatt.de/datenschutz',
};
const namesIn = (settings: unknown) => madeUpSettings(settings).map(({ setting }) => setting);

test('whatever of the settings that ship says who publishes, and from where, is known as made up', () => {
  expect(namesIn(shipped).sort()).toEqual([
    'certificateArn',
    'confirmationSender.address',
    'contact',
    'legalName',
    'postalAddress',
    'privacyNotice',
    'publicHost',
    'replyTo',
    'sender.address',
  ]);
});

test('settings of one’s own are not', () => {
  expect(namesIn(own)).toEqual([]);
  expect(namesIn({ ...own, newsletterName: 'The Example', topics: [{ id: 'test', name: 'A test of example.org’s page' }] })).toEqual([]);
});

test('no host, address or link below a domain that nobody can own gets through, wherever it is in the settings', () => {
  const reserved = fc.constantFrom(
    'example.com',
    'example.net',
    'example.org',
    'harbour.example',
    'harbour.test',
    'a.invalid',
    'b.localhost',
  );
  const label = fc.stringMatching(/^[a-z]{1,8}$/);
  const host = fc.tuple(fc.array(label, { maxLength: 2 }), reserved).map(([labels, domain]) => [...labels, domain].join('.'));
  const written = fc.oneof(
    host,
    host.map((name) => name.toUpperCase()),
    host.map((name) => `weekly@${name}`),
    host.map((name) => `https://${name}/privacy?lang=en`),
  );

  fc.assert(fc.property(written, (value) => namesIn({ ...own, noticesTo: [own.contact, value] }).join() === 'noticesTo.1'));
  fc.assert(fc.property(label, label, (one, two) => namesIn({ noticesTo: [`${one}@${two}example.org.net`] }).length === 0));
});

test('CloudFormation is told to refuse them too, whatever command sends the template', () => {
  const rulesOf = (template: object) => (template as { Rules?: Record<string, object> }).Rules ?? {};

  expect(rulesOf(app.template.toJSON()).OwnSettings).toEqual({
    Assertions: [
      {
        Assert: { 'Fn::Contains': [['settings that are not examples'], { Ref: 'BootstrapVersion' }] },
        AssertDescription: expect.stringMatching(/^These settings are examples.*publicHost.*certificateArn/),
      },
    ],
  });
  expect(rulesOf(stackWith(own, app.bundles).template.toJSON())).not.toHaveProperty('OwnSettings');
});
