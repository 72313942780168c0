/**
 * What some mail programs do not know and our mails use all the same, with what their readers get instead. The names are
 * those of caniemail.com. The list is complete: a test finds whatever is missing here, and what is here for nothing.
 */
export const fallbacks: Readonly<Record<string, string>> = {
  '<body> element':
    'Outlook for Mac puts the mail into a body element of its own; the mail’s colour and width are set on the table and the div inside.',
  '<style> element': 'Gmail’s mobile web page drops the style sheet; all styles are inline except dark-mode colours and phone margins.',
  '@media': 'Without it the mail keeps its light palette and its desktop margins, which fit a phone, too.',
  'Chaining selectors': 'Used only in the style sheet, which only adjusts what is inline; see <style>.',
  'Class selector': 'Used only in the style sheet, which only adjusts what is inline; see <style>.',
  'Descendant combinator': 'Used only in the style sheet, which only adjusts what is inline; see <style>.',
  'ID selector': 'MJML’s reset for Outlook’s own wrapper; other programs have no such element.',
  'Type selector': 'Used only in the style sheet, which only adjusts what is inline; see <style>.',
  'Local anchors': 'Gmail on iOS and Samsung do not jump to the place; the contents are still a list of what follows.',
  'aria-label attribute': 'The label repeats the mail’s title, which its heading says as well.',
  'role attribute': 'Windows Mail reads the layout tables as tables; the order of reading is the same.',
  'background-image':
    'Outlook for Windows shows only the plain colour behind a logo, and its dark mode inverts that colour; a logo with a background of its own is safe there.',
  'border-radius': 'Corners are square in Outlook for Windows.',
  cursor: 'MJML sets it on the confirmation button; without it the pointer has its usual shape.',
  'display:none': 'Where the preheader is not hidden, it is one pixel high and takes no room.',
  float: 'Outlook for Windows shows the number of items behind the section’s title, not at the right edge.',
  outline: 'MJML uses it to remove a picture’s outline, which Outlook for Windows does not draw anyway.',
  overflow: 'A wide table scrolls by itself; in Outlook for Windows it has its full width.',
  'target attribute': 'The confirmation button opens where the program opens links.',
  'text-underline-offset': 'Links are underlined at the usual height.',
  'text-wrap': 'The lines of a heading break where they are full.',
  transform: 'MJML’s `text-transform:none` on the button; text looks the same without it.',
  'white-space': 'Code has <br> for its line breaks, and <pre> keeps its indents; the number of items may break over two lines.',
  'word-break': 'Windows Mail does not break a long link; the column becomes as wide as the link.',
  'word-spacing': 'MJML resets it for buttons and pictures; spaces are a little wider in Outlook for Windows.',
};
