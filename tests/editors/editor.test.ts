import { expect, test } from 'vitest';
import { editorOf } from '../../functions/editors/editor.ts';
import { editorClaims } from './desk.ts';

const request = (claims: Record<string, unknown>) => ({
  method: 'GET',
  path: '/editors/issues',
  params: {},
  query: new URLSearchParams(),
  headers: {},
  body: new Uint8Array(),
  sourceAddress: '203.0.113.7',
  claims,
});

test.each([
  ['as a list', ['editors', 'admins']],
  ['as the brackets of an HTTP API', '[admins editors]'],
  ['alone in brackets', '[editors]'],
  ['bare', 'editors'],
])('an editor is known by the group claim %s', (_how, groups) => {
  expect(editorOf(request({ ...editorClaims, 'cognito:groups': groups }), 'editors')).toEqual({ id: 'e-1', name: 'ada' });
});

test.each([
  ['another group', { ...editorClaims, 'cognito:groups': '[readers]' }],
  ['a group whose name only begins so', { ...editorClaims, 'cognito:groups': '[editors-of-another-paper]' }],
  ['no group', { ...editorClaims, 'cognito:groups': undefined }],
  ['an ID token', { ...editorClaims, token_use: 'id' }],
  ['a token that does not say what it is', { ...editorClaims, token_use: undefined }],
])('%s does not make an editor', (_what, claims) => {
  expect(() => editorOf(request(claims), 'editors')).toThrow(expect.objectContaining({ code: 'not_an_editor' }));
});

test('without a token nobody is signed in', () => {
  expect(() => editorOf(request({}), 'editors')).toThrow(expect.objectContaining({ code: 'not_signed_in' }));
});
