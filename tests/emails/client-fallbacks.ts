/**
 * What some mail programs do not know and our mails use all the same, with what their readers get instead. The names are
 * those of caniemail.com. The list is complete: a test finds whatever is missing here, and what is here for nothing.
 */
export const fallbacks: Readonly<Record<string, string>> = {
  '<body> element': 'Outlook for Mac puts the mail into a body of its own; colour and width are on the table and the div inside.',
  '<style> element': 'Gmail’s mobile web page drops the style sheet; everything but night colours and phone margins is inline.',
  '@media': 'Without it the mail keeps its light palette and its desktop margins, which fit a phone, too.',
  'Chaining selectors': 'Used in the style sheet alone, which only adjusts; see <style>.',
  'Class selector': 'Used in the style sheet alone, which only adjusts; see <style>.',
  'Descendant combinator': 'Used in the style sheet alone, which only adjusts; see <style>.',
  'ID selector': 'MJML’s reset for Outlook’s own wrapper; other programs have no such element.',
  'Type selector': 'Used in the style sheet alone, which only adjusts; see <style>.',
  'Local anchors': 'Gmail on iOS and Samsung do not jump; the contents are still a list of what follows.',
  'aria-label attribute': 'The label repeats the mail’s title, which its heading says as well.',
  'role attribute': 'Windows Mail reads the layout tables as tables; the order of reading is the same.',
  'background-image':
    'Outlook for Windows shows a logo’s plate in its colour alone, which its night mode inverts: a logo with a background of its own is safe there.',
  'border-radius': 'Corners are square in Outlook for Windows.',
  cursor: 'MJML’s reset in the confirmation button; the pointer has its usual shape.',
  'display:none': 'The preheader is one pixel high and has no height of its own where it is not hidden.',
  float: 'Outlook for Windows shows the number of items behind the section’s title, not at the right edge.',
  outline: 'MJML’s reset of a picture’s frame, which Outlook for Windows does not draw anyway.',
  overflow: 'A wide table scrolls by itself; in Outlook for Windows it is as wide as it is.',
  'target attribute': 'The confirmation button opens where the program opens links.',
  'text-underline-offset': 'Links are underlined at the usual height.',
  'text-wrap': 'Headings break where they are full.',
  transform: 'MJML’s `text-transform:none` of the button, which is how text is anyway.',
  'white-space': 'Line breaks of code are <br> and its indents stay in <pre>; the number of items may break.',
  'word-break': 'Windows Mail does not break a long link; the column is as wide as it needs.',
  'word-spacing': 'MJML resets it for buttons and pictures; blanks are a little wider in Outlook for Windows.',
};
