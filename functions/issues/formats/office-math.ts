const opening = /<m:oMath(?:Para)?[\s>]/g;
const close = '</m:oMath>';

/** Word’s formulas as plain text in their place, since the library passes over them: powers with `^`, fractions with `/`. */
export function plainFormulas(xml: string): string {
  if (!xml.includes('<m:oMath')) return xml;
  const out: string[] = [];
  let end = 0;
  opening.lastIndex = 0;
  for (let found = opening.exec(xml); found; found = opening.exec(xml)) {
    if (found[0].startsWith('<m:oMathPara')) continue;
    const closed = xml.indexOf(close, found.index);
    if (closed < 0) break;
    out.push(xml.slice(end, found.index), `<w:r><w:t xml:space="preserve">${textOf(xml.slice(found.index, closed))}</w:t></w:r>`);
    end = closed + close.length;
    opening.lastIndex = end;
  }
  out.push(xml.slice(end));
  return out.join('').replace(/<\/?m:oMathPara(?:Pr)?(?:\s[^<>]*)?>/g, '');
}

const textOf = (formula: string) =>
  formula
    .replace(/<m:den>/g, '/')
    .replace(/<m:sup>(?!<\/m:sup>)/g, '^')
    .replace(/<m:sub>(?!<\/m:sub>)/g, '_')
    .replace(/<m:radPr>/g, '√')
    .replace(/<[^<>]*>/g, '');
